// Loads a file of N-Triples into npm's Oxigraph, which keeps it in memory, and prints what it took as JSON.
// Usage: node oxigraph.mjs FILE
import oxigraph from "oxigraph";
import { load } from "./oxigraph_load.mjs";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LOOKUPS = 20000;
const REPLACEMENTS = 2000;

const seconds = (start) => Number(process.hrtime.bigint() - start) / 1e9;

function count(store) {
  const rows = store.query(`SELECT (COUNT(?s) AS ?n) WHERE { ?s <${RDF_TYPE}> ?o }`);
  return Number(rows[0].get("n").value);
}

function lookup(store) {
  const type = oxigraph.namedNode(RDF_TYPE);
  const subjects = store
    .query(`SELECT ?s WHERE { ?s <${RDF_TYPE}> ?o } LIMIT ${LOOKUPS}`)
    .map((row) => row.get("s"));
  const start = process.hrtime.bigint();
  for (const subject of subjects) store.match(subject, type, null, null);
  return (seconds(start) / subjects.length) * 1e6;
}

function replace(store) {
  const graph = "https://data.example/graph/writer";
  const start = process.hrtime.bigint();
  for (let turn = 0; turn < REPLACEMENTS; ++turn) {
    let quads = "";
    for (let i = 0; i < 30; ++i) {
      const changing = i % 3 === 0 ? ` of turn ${turn}` : "";
      quads += `<https://data.example/id/event/${i % 3}> <http://schema.org/p${i}> "value ${i}${changing}" .\n`;
    }
    store.update(`DROP SILENT GRAPH <${graph}> ; INSERT DATA { GRAPH <${graph}> { ${quads} } }`);
  }
  return REPLACEMENTS / seconds(start);
}

const store = new oxigraph.Store();
let start = process.hrtime.bigint();
load(store, process.argv[2]);
const load_seconds = seconds(start);
const load_cpu = process.cpuUsage().user / 1e6;
const typed = count(store);
start = process.hrtime.bigint();
count(store);
const scan_seconds = seconds(start);
const lookup_us = lookup(store);
const replacements = replace(store);
console.log(JSON.stringify({ load_seconds, load_cpu, typed, scan_seconds, lookup_us, replacements }));
