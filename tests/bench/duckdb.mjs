// duckdb.mjs JOURNAL < SQL: run a query over table j with DuckDB, rows
// tab-separated on standard output.  DuckDB writes them itself.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

const columns = 'time customer kind channel tone value due ref topic by text'
	.split(' ').map((c) => `'${c}': 'VARCHAR'`).join(', ');
const sql = readFileSync(0, 'utf8').replace(/--.*/g, '');
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`CREATE VIEW j AS SELECT * FROM read_csv('${process.argv[2]}',
	delim = '\t', header = true, quote = '', escape = '',
	columns = {${columns}})`);
await connection.run(`COPY (${sql}) TO '/dev/stdout'
	(FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '', NULLSTR '')`);
