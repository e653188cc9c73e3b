// Validates N-Triples in memory with one of npm's SHACL validators, SPARQL parts off, and prints a line of JSON: seconds
// of the validation alone, and the file that it wrote the results to, a JSON array [focus, path, component, value] a line.
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

/// The path that a node of the shapes stands for, as SPARQL writes it.
function pathText(shapes, node) {
  if (!node) return '';
  if (node.termType === 'NamedNode') return `<${node.value}>`;
  const one = name => shapes.getObjects(node, namedNode(name), null)[0];
  const members = head => {
    const found = [];
    for (let cell = head; cell.value !== `${rdf}nil`; cell = shapes.getObjects(cell, namedNode(`${rdf}rest`), null)[0]) {
      found.push(shapes.getObjects(cell, namedNode(`${rdf}first`), null)[0]);
    }
    return found;
  };
  const nested = part => {
    const isList = part.termType === 'BlankNode' && (shapes.countQuads(part, namedNode(`${rdf}first`), null) > 0 ||
      shapes.countQuads(part, namedNode(`${sh}alternativePath`), null) > 0);
    return isList ? `(${pathText(shapes, part)})` : pathText(shapes, part);
  };
  if (one(`${sh}alternativePath`)) return members(one(`${sh}alternativePath`)).map(nested).join('|');
  if (one(`${sh}inversePath`)) return `^${nested(one(`${sh}inversePath`))}`;
  for (const [name, suffix] of [['zeroOrMorePath', '*'], ['oneOrMorePath', '+'], ['zeroOrOnePath', '?']]) {
    if (one(sh + name)) return nested(one(sh + name)) + suffix;
  }
  return members(node).map(nested).join('/');
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
const start = process.hrtime.bigint();
const results = await validate(data);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const paths = new Map();
for (const {shape} of results) {
  if (!paths.has(shape.value)) {
    paths.set(shape.value, pathText(shapes, shapes.getObjects(shape, namedNode(`${sh}path`), null)[0]));
  }
}
fs.writeFileSync(resultsFile, results.map(({focus, shape, component, value}) => JSON.stringify(
  [termText(focus), paths.get(shape.value), component.value.slice(sh.length), termText(value)]) + '\n').join(''));
console.log(JSON.stringify({seconds, results: results.length}));
