import fs from "node:fs";

const PIECE = 32 << 20;

// Loads a file of N-Triples, in pieces cut between lines: the bindings take whole texts.
export function load(store, path) {
  const file = fs.openSync(path);
  const buffer = Buffer.alloc(PIECE);
  let rest = 0;
  for (;;) {
    const count = fs.readSync(file, buffer, rest, PIECE - rest, null);
    const length = rest + count;
    if (length === 0) return;
    const end = count === 0 ? length : buffer.lastIndexOf(10, length - 1) + 1;
    store.load(buffer.toString("utf8", 0, end), { format: "application/n-triples", no_transaction: true });
    buffer.copy(buffer, 0, end, length);
    rest = length - end;
    if (count === 0) return;
  }
}
