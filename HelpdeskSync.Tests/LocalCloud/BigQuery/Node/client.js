// Does with Google's own client what its users do, against the local BigQuery at the address given, and writes what came of it as one line of JSON.
'use strict';

const path = require('node:path');
const { createRequire } = require('node:module');

const [address, modules, file] = process.argv.slice(2);
const { BigQuery } = createRequire(path.join(modules, 'package.json'))('@google-cloud/bigquery');
const bigquery = new BigQuery({
  projectId: 'local',
  apiEndpoint: address,
  // The local BigQuery checks no credentials; this one asks nobody for a token.
  authClient: { getRequestHeaders: async () => new Headers({ authorization: 'Bearer local' }), request: undefined },
});

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { code: error.code, reason: error.errors?.[0]?.reason, message: error.message, errors: error.errors };
  }
}

async function main() {
  const told = {};

  const [parameters] = await bigquery.query({
    query: `SELECT @text AS text, @whole AS whole, @flag AS flag, @at AS at_time, @texts AS texts, @half AS half, @exact AS exact, @nothing IS NULL AS nothing,
              JSON_VALUE(@json, '$.a.b') AS json, ARRAY_LENGTH(@none) AS none`,
    params: {
      text: 'naïve', whole: 5, flag: true, at: bigquery.timestamp('2026-01-02T03:04:05.678Z'), texts: ['a', 'b'], half: 0.5,
      exact: '1.25', nothing: null, json: '{"a":{"b":"x"}}', none: [],
    },
    types: { exact: 'NUMERIC', nothing: 'STRING', none: ['STRING'], half: 'FLOAT64', whole: 'INT64' },
  });
  const row = parameters[0];
  told.parameters = { ...row, at_time: row.at_time.value, exact: row.exact.toString() };

  const [dataset] = await bigquery.createDataset('node');
  const schema = [
    { name: 'id', type: 'STRING', mode: 'REQUIRED' }, { name: 'n', type: 'INTEGER' }, { name: 'seen', type: 'TIMESTAMP' }, { name: 'tags', type: 'STRING', mode: 'REPEATED' },
  ];
  const [table] = await dataset.createTable('loaded', { schema, clustering: { fields: ['id'] } });
  const [load] = await table.load(file, { sourceFormat: 'NEWLINE_DELIMITED_JSON' });
  told.load = { state: load.status.state, rows: load.statistics.load.outputRows };

  const [first, next] = await table.getRows({ maxResults: 2, autoPaginate: false });
  told.firstPage = { rows: first.length, more: Boolean(next?.pageToken) };
  const [all] = await table.getRows();
  told.allRows = all.length;

  const [job] = await bigquery.createQueryJob({ query: 'SELECT n FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n ORDER BY n' });
  const pages = [];
  let query = { maxResults: 10, autoPaginate: false };
  while (query) {
    const [rows, following] = await job.getQueryResults(query);
    pages.push(rows.length);
    query = following;
  }
  told.pages = pages;

  let streamed = 0;
  for await (const _ of bigquery.createQueryStream('SELECT n FROM UNNEST(GENERATE_ARRAY(1, 50)) AS n')) {
    streamed++;
  }
  told.streamed = streamed;

  const [insert] = await bigquery.createQueryJob({ query: "INSERT node.loaded (id, n) VALUES ('z', 26)" });
  await insert.getQueryResults();
  const [metadata] = await insert.getMetadata();
  told.inserted = metadata.statistics.query.numDmlAffectedRows;

  const [second] = await dataset.createTable('streamed', { schema });
  await second.insert([{ id: 'a', n: 1, seen: '2026-01-02 03:04:05', tags: ['x'] }, { id: 'b' }]);
  const [counted] = await bigquery.query('SELECT COUNT(*) AS c FROM node.streamed');
  told.insertAll = counted[0].c;
  told.unknownField = await failure(() => second.insert({ id: 'c', nope: 1 }));

  told.syntax = await failure(() => bigquery.query('SELEC 1'));
  told.notFound = await failure(() => bigquery.query('SELECT * FROM node.missing'));
  told.duplicate = await failure(async () => {
    await bigquery.createQueryJob({ query: 'SELECT 1', jobId: 'once' });
    await bigquery.createQueryJob({ query: 'SELECT 1', jobId: 'once' });
  });

  const [dry] = await bigquery.createQueryJob({ query: 'SELECT id FROM node.loaded', dryRun: true });
  told.dryRun = Number(dry.metadata.statistics.totalBytesProcessed) > 0;

  await table.setMetadata({ schema: [...schema, { name: 'more', type: 'STRING' }], description: 'changed' });
  const [changed] = await table.getMetadata();
  told.columns = changed.schema.fields.map(field => field.name);
  const [tables] = await dataset.getTables();
  told.tables = tables.map(one => one.id).sort();
  await dataset.delete({ force: true });
  const [exists] = await dataset.exists();
  told.left = exists;
  console.log(JSON.stringify(told));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
