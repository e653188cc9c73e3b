// Turns JSON-LD files into quads with npm's packages, as jsonld_benchmark does, and prints "DOCUMENTS QUADS SECONDS".
// Usage: node npm.mjs jsonld|jsonld-streaming-parser PACKAGES CONTEXT SECONDS FILE...
// PACKAGES is the folder whose node_modules hold them; CONTEXT a file that stands for the context of schema.org.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [kind, packages, contextFile, seconds, ...files] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'package.json'));
const context = JSON.parse(fs.readFileSync(contextFile, 'utf8'));
const base = 'http://data.example/';

async function withJsonld() {
  const jsonld = require('jsonld');
  const documentLoader = async url => ({document: context, documentUrl: url, contextUrl: null});
  return async text => (await jsonld.toRDF(JSON.parse(text), {base, documentLoader})).length;
}

async function withStreamingParser() {
  const {JsonLdParser} = require('jsonld-streaming-parser');
  const {ContextParser} = require('jsonld-context-parser');
  const documentLoader = {load: async () => context};
  // One for all documents, so that the context is worked out once.
  const contextParser = new ContextParser({documentLoader});
  return text => new Promise((resolve, reject) => {
    const parser = new JsonLdParser({baseIRI: base, documentLoader, contextParser});
    let quads = 0;
    parser.on('data', () => { ++quads; });
    parser.on('error', reject);
    parser.on('end', () => resolve(quads));
    parser.write(text);
    parser.end();
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
