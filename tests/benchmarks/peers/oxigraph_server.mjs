// Serves SPARQL over a file of N-Triples with npm's Oxigraph, which keeps it in memory and answers one query at a time.
// Usage: node oxigraph_server.mjs FILE PORT
import http from "node:http";
import oxigraph from "oxigraph";
import { load } from "./oxigraph_load.mjs";

const store = new oxigraph.Store();

function answer(body, accept) {
  return store.query(new URLSearchParams(body).get("query"), { results_format: accept });
}

function handle(request, response) {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    try {
      const accept = request.headers.accept;
      const text = Buffer.from(answer(Buffer.concat(pieces).toString("utf8"), accept), "utf8");
      response.writeHead(200, { "Content-Type": accept, "Content-Length": text.length });
      response.end(text);
    } catch (error) {
      response.writeHead(400, { "Content-Type": "text/plain" });
      response.end(String(error));
    }
  });
}

load(store, process.argv[2]);
const server = http.createServer(handle);
server.keepAliveTimeout = 3600 * 1000;
server.listen(Number(process.argv[3]), "127.0.0.1");
