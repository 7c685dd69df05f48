// Translates the printed CQL, runs it over sheets written by the program, and compares every rule's answer and the outcome.
// usage: node compare.mjs <folder of .cql> <sheets.jsonl>   Prints one JSON line; exits 1 when anything differs.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CqlTranslator, LibraryManager, ModelManager } from '@cqframework/cql/cql-to-elm';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import cql from 'cql-execution';

const [folder, sheets] = process.argv.slice(2);

/** The ELM of a CQL text; an error of the translator ends the run. */
function translate(text) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  const elm = JSON.parse(CqlTranslator.fromText(text, new LibraryManager(models)).toJson());
  const errors = (elm.library.annotation ?? []).filter((a) => a.errorSeverity === 'error');
  if (errors.length > 0) throw new Error(errors.slice(0, 5).map((e) => `line ${e.startLine}: ${e.message}`).join('\n'));
  return elm;
}

const started = Date.now();
const libraries = new Map();
for (const file of readdirSync(folder).filter((f) => f.endsWith('.cql'))) {
  libraries.set(file.replace('.cql', ''), new cql.Library(translate(readFileSync(join(folder, file), 'utf8'))));
}
const translated = Date.now();

const instants = new Map([[null, null]]);
function at(text) {
  if (!instants.has(text)) instants.set(text, cql.DateTime.parse(text));
  return instants.get(text);
}

/** What a library takes in, of everything a sheet holds. */
function inputs(library, sheet) {
  const given = { AsOf: at(sheet.asOf) };
  for (const [id, fact] of Object.entries(sheet.facts)) given[`${id} recorded`] = { value: fact.value, observed: at(fact.observed) };
  Object.assign(given, sheet.settings);
  given['medication-list'] = { observed: at(sheet.medicines.observed), entries: sheet.medicines.entries.map((m) => ({ ...m, taken: at(m.taken) })) };
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in library.parameters));
}

// The engine works a definition out again each time another one names it. Definitions take no arguments, so within one sheet
// the first answer is kept; the first few sheets run without that, to compare both ways and to time the engine as it comes.
let kept = null;
for (const library of libraries.values()) {
  for (const definition of Object.values(library.expressions)) {
    const workOut = definition.execute.bind(definition);
    definition.execute = (context) => {
      if (kept === null) return workOut(context);
      if (!kept.has(definition)) kept.set(definition, workOut(context));
      return kept.get(definition);
    };
  }
}
const plainSheets = 10;

let compared = 0;
const timed = { plain: { rules: 0, seconds: 0 }, kept: { rules: 0, seconds: 0 } };
const counts = {};
const byRule = {};
const differences = [];
function differ(sheet, name, what, here, there) {
  byRule[what] = (byRule[what] ?? 0) + 1;
  differences.push(`${sheet.name} ${name}: ${what} is ${here} here and ${there} in CQL`);
}
const lines = readFileSync(sheets, 'utf8').split('\n').filter(Boolean);
for (const [index, line] of lines.entries()) {
  const sheet = JSON.parse(line);
  for (const [name, expected] of Object.entries(sheet.expected)) {
    const library = libraries.get(name);
    if (library === undefined) continue;
    kept = index < plainSheets ? null : new Map();
    const timer = kept === null ? timed.plain : timed.kept;
    const given = inputs(library, sheet);
    const before = performance.now();
    const executor = new cql.Executor(library, new cql.CodeService({}), given);
    const one = async (expression) => Object.values((await executor.exec_expression(expression, new cql.PatientSource([{ id: '1' }]))).patientResults)[0][expression];
    const findings = await one('findings');
    timer.seconds += (performance.now() - before) / 1000;
    timer.rules += findings.length;
    const outcome = await one('outcome');
    if (outcome !== expected.outcome) differ(sheet, name, 'outcome', expected.outcome, outcome);
    for (const { rule, value } of findings) {
      compared++;
      counts[value] = (counts[value] ?? 0) + 1;
      if (value !== expected.rules[rule]) differ(sheet, name, rule, expected.rules[rule], value);
    }
    if (findings.length !== Object.keys(expected.rules).length) differ(sheet, name, 'count', Object.keys(expected.rules).length, findings.length);
  }
}
const speed = (t, sheetsRun) => ({ sheetsPerSecond: +(sheetsRun / t.seconds).toFixed(1), rulesPerSecond: Math.round(t.rules / t.seconds) });
console.log(JSON.stringify({
  sheets: lines.length, compared, counts, different: differences.length, byRule, differences: differences.slice(0, 20),
  translateSeconds: (translated - started) / 1000, asItComes: speed(timed.plain, Math.min(plainSheets, lines.length)), kept: speed(timed.kept, lines.length - plainSheets),
}));
process.exit(differences.length > 0 ? 1 : 0);
