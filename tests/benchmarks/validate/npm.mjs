// Validates N-Triples in memory with one of npm's SHACL validators, SPARQL parts off, and prints a line of JSON:
// seconds of the validation alone, by the clock and of processor time. Writes the results to a file, a line of JSON
// each: [focus, path, component, value].
// Usage: node npm.mjs shacl-engine|rdf-validate-shacl PACKAGES DATA RESULTS SHAPES...
// PACKAGES is the folder whose node_modules hold them.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [kind, packages, dataFile, resultsFile, ...shapeFiles] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'package.json'));
const load = name => import(pathToFileURL(require.resolve(name)));
const {DataFactory, Parser, Store} = (await load('n3')).default;

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const sh = 'http://www.w3.org/ns/shacl#';
const subClassOf = 'http://www.w3.org/2000/01/rdf-schema#subClassOf';
const {namedNode} = DataFactory;

function readShapes() {
  const shapes = new Store();
  for (const file of shapeFiles) {
    const parser = new Parser({blankNodePrefix: `shapes-${shapes.size}-`});
    shapes.addQuads(parser.parse(fs.readFileSync(file, 'utf8')));
  }
  return shapes;
}

/// The data, and the subclasses that the shapes bring along: those of Scenograph count without being asked for.
function readData(shapes) {
  const data = new Store(shapes.getQuads(null, namedNode(subClassOf), null, null));
  return new Promise((resolve, reject) => {
    new Parser({format: 'N-Triples'}).parse(fs.createReadStream(dataFile), (error, quad) => {
      if (error) return reject(error);
      if (!quad) return resolve(data);
      data.addQuad(quad);
    });
  });
}

/// Terms as validate_benchmark.py writes those of Scenograph; blank nodes are all alike.
function termText(term) {
  if (!term) return '';
  if (term.termType === 'BlankNode') return '_:';
  if (term.termType === 'NamedNode') return `<${term.value}>`;
  if (term.language) return `${term.value}@${term.language.toLowerCase()}`;
  return `${term.value}^^${term.datatype.value}`;
}

const object = (shapes, subject, predicate) => shapes.getObjects(subject, namedNode(predicate), null)[0];

/// The path that a node of the shapes stands for, as SPARQL writes it.
function pathText(shapes, node) {
  if (!node) return '';
  if (node.termType === 'NamedNode') return `<${node.value}>`;
  const one = name => object(shapes, node, name);
  const members = (head, separator) => {
    const found = [];
    for (let cell = head; cell.value !== `${rdf}nil`; cell = object(shapes, cell, `${rdf}rest`)) {
      const member = object(shapes, cell, `${rdf}first`);
      const isNested = [`${rdf}first`, `${sh}alternativePath`].some(name => object(shapes, member, name));
      found.push(isNested ? `(${pathText(shapes, member)})` : pathText(shapes, member));
    }
    return found.join(separator);
  };
  const within = (part, plain) => {
    const text = pathText(shapes, part);
    return plain.test(text) ? text : `(${text})`;
  };
  if (one(`${sh}alternativePath`)) return members(one(`${sh}alternativePath`), '|');
  if (one(`${sh}inversePath`)) return `^${within(one(`${sh}inversePath`), /^<[^>]*>[*+?]?$/)}`;
  for (const [name, suffix] of [['zeroOrMorePath', '*'], ['oneOrMorePath', '+'], ['zeroOrOnePath', '?']]) {
    if (one(sh + name)) return within(one(sh + name), /^<[^>]*>$/) + suffix;
  }
  return members(node, '/');
}

async function validator(shapes) {
  if (kind === 'shacl-engine') {
    const {Validator} = await load('shacl-engine');
    const made = new Validator(shapes, {factory: {...DataFactory, dataset: quads => new Store(quads)}});
    return async data => (await made.validate({dataset: data})).results.map(result => ({
      focus: result.focusNode.term, shape: result.shape.ptr.term, component: result.constraintComponent,
      value: result.value?.term}));
  }
  const made = new ((await load('rdf-validate-shacl')).default)(shapes);
  return async data => (await made.validate(data)).results.map(result => ({
    focus: result.focusNode, shape: result.sourceShape, component: result.sourceConstraintComponent,
    value: result.value}));
}

const shapes = readShapes();
const data = await readData(shapes);
const validate = await validator(shapes);
const before = process.cpuUsage();
const start = process.hrtime.bigint();
const results = await validate(data);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const {user, system} = process.cpuUsage(before);
const paths = new Map();
for (const {shape} of results) {
  if (!paths.has(shape.value)) {
    paths.set(shape.value, pathText(shapes, object(shapes, shape, `${sh}path`)));
  }
}
fs.writeFileSync(resultsFile, results.map(({focus, shape, component, value}) => JSON.stringify(
  [termText(focus), paths.get(shape.value), component.value.slice(sh.length), termText(value)]) + '\n').join(''));
console.log(JSON.stringify({seconds, cpu: (user + system) / 1e6, results: results.length}));
