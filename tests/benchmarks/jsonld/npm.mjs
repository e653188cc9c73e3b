// Turns JSON-LD files into quads with npm's packages, as jsonld_benchmark does, and prints "DOCUMENTS QUADS SECONDS".
// Usage: node npm.mjs jsonld|jsonld-streaming-parser PACKAGES CONTEXT SECONDS FILE...
// PACKAGES is the folder whose node_modules hold them; CONTEXT a file that stands for the context of schema.org.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {Readable} from 'node:stream';

const [kind, packages, contextFile, seconds, ...files] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'package.json'));
const context = JSON.parse(fs.readFileSync(contextFile, 'utf8'));
const base = 'http://data.example/';

async function withJsonld() {
  const jsonld = require('jsonld');
  const documentLoader = async url => ({document: context, documentUrl: url, contextUrl: null});
  return async text => (await jsonld.toRDF(JSON.parse(text), {base, documentLoader})).length;
}

function* pieces(text) {
  for (let at = 0; at < text.length; at += 65536) yield text.slice(at, at + 65536);
}

async function withStreamingParser() {
  const {JsonLdParser} = require('jsonld-streaming-parser');
  // It works the context out anew for each document, and offers no way to keep it.
  const documentLoader = {load: async () => context};
  return text => new Promise((resolve, reject) => {
    const parser = new JsonLdParser({baseIRI: base, documentLoader});
    let quads = 0;
    parser.on('data', () => { ++quads; });
    parser.on('error', reject);
    parser.on('end', () => resolve(quads));
    Readable.from(pieces(text)).pipe(parser);
  });
}

const count = await (kind === 'jsonld' ? withJsonld() : withStreamingParser());
const texts = files.map(file => fs.readFileSync(file, 'utf8'));
for (const text of texts.slice(0, 20)) await count(text);  // what is compiled on the way does not count
let runs = 0;
let quads = 0;
const start = process.hrtime.bigint();
let passed = 0;
do {
  for (const text of texts) quads += await count(text);
  runs += texts.length;
  passed = Number(process.hrtime.bigint() - start) / 1e9;
} while (passed < Number(seconds));
console.log(runs, quads, passed.toFixed(6));
