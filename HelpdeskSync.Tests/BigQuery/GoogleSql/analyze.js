// Analyses GoogleSQL statements with ZetaSQL: names, types and all. Reads JSON from its standard input and writes what came of it as one line of JSON.
//   in:  {tables: {name: {column: type}}, parameters: {name: type}, statements: {name: text}}
//   out: {name: null, or why the analyzer refuses the statement}
'use strict';

const net = require('node:net');
const path = require('node:path');
const { createRequire } = require('node:module');

const modules = createRequire(path.join(process.argv[2], 'package.json'));
const { runServer, terminateServer, ZetaSQLClient } = modules('@fivetrandevelopers/zetasql');

const kinds = {
  STRING: 'TYPE_STRING', BOOL: 'TYPE_BOOL', INT64: 'TYPE_INT64', FLOAT64: 'TYPE_DOUBLE', NUMERIC: 'TYPE_NUMERIC', BIGNUMERIC: 'TYPE_BIGNUMERIC',
  TIMESTAMP: 'TYPE_TIMESTAMP', DATE: 'TYPE_DATE', DATETIME: 'TYPE_DATETIME', JSON: 'TYPE_JSON',
};

// BigQuery has these among its statements; ZetaSQL by itself takes queries only.
const statementKinds = ['QUERY', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CREATE_TABLE', 'ALTER_TABLE', 'DROP'];

function typeOf(name) {
  const element = /^ARRAY<(.*)>$/.exec(name)?.[1];
  if (element) {
    return { typeKind: 'TYPE_ARRAY', arrayType: { elementType: typeOf(element) } };
  }
  if (!kinds[name]) {
    throw new Error(`No such type: ${name}`);
  }
  return { typeKind: kinds[name] };
}

const typed = types => Object.entries(types).map(([name, type]) => ({ name, type: typeOf(type) }));

async function languageOf(client) {
  const language = await client.getLanguageOptions({ maximumFeatures: true });
  return {
    ...language,
    productMode: 'PRODUCT_EXTERNAL',
    supportedStatementKinds: statementKinds.map(kind => `RESOLVED_${kind}_STMT`),
    enabledLanguageFeatures: [...language.enabledLanguageFeatures, 'FEATURE_ALTER_COLUMN_SET_DATA_TYPE'],
    reservedKeywords: ['QUALIFY'],
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = net.createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

async function analyse({ tables, parameters, statements }, port) {
  ZetaSQLClient.init(port);
  const client = ZetaSQLClient.getInstance();
  if (!await client.testConnection()) {
    throw new Error('The ZetaSQL server did not start.');
  }
  const languageOptions = await languageOf(client);
  const simpleCatalog = {
    name: 'catalog',
    builtinFunctionOptions: { languageOptions },
    table: Object.entries(tables).map(([name, columns]) => ({ name, column: typed(columns) })),
  };
  const options = {
    languageOptions, parameterMode: 'PARAMETER_NAMED', allowUndeclaredParameters: false, queryParameters: typed(parameters),
    errorMessageMode: 'ERROR_MESSAGE_MULTI_LINE_WITH_CARET', defaultTimezone: 'UTC',
  };
  const told = {};
  for (const [name, sqlStatement] of Object.entries(statements)) {
    told[name] = await client.analyze({ options, simpleCatalog, sqlStatement }).then(() => null, refusal => refusal.details ?? String(refusal));
  }
  return told;
}

async function main() {
  let input = '';
  for await (const piece of process.stdin) {
    input += piece;
  }
  const port = await freePort();
  const log = process.stdout.write;
  process.stdout.write = () => true; // The server's own messages are no part of the answer.
  runServer(port);
  try {
    const told = await analyse(JSON.parse(input), port);
    process.stdout.write = log;
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } finally {
    terminateServer();
  }
}

main().then(() => process.exit(0), error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
