// duckdb.mjs JOB < SQL: a query over the journal $j (and customers) with
// DuckDB, rows tab-separated on standard output, written by DuckDB itself.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

const { j, data, threads } = process.env;
const typed = process.argv[2] === 'find' ? {} :
	{ value: 'DECIMAL(18,2)', tone: 'TINYINT' };

function table(path, names) {
	const columns = names.split(' ')
		.map((c) => `'${c}': '${typed[c] ?? 'VARCHAR'}'`).join(', ');

	return `read_csv('${path}', auto_detect = false, delim = '\t',
		header = true, quote = '', escape = '', new_line = '\\n',
		columns = {${columns}})`;
}
const journal = process.argv[2] === 'quotes-default' ? `read_csv('${j}')` :
	table(j, 'time customer kind channel tone value due ref topic by text');

const sql = readFileSync(0, 'utf8').replace(/^--.*/gm, '');
const db = await DuckDBInstance.create(':memory:', { threads });
const connection = await db.connect();
await connection.run('SET preserve_insertion_order = false');
await connection.run(`CREATE VIEW j AS SELECT * FROM ${journal}`);
await connection.run(`CREATE VIEW customers AS SELECT * FROM ${table(
	`${data}/customers.tsv`, readFileSync(`${data}/header`, 'utf8').trim()
		.replaceAll('\t', ' '))}`);
await connection.run(`COPY (${sql}) TO '/dev/stdout'
	(FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '', ESCAPE '',
	NULLSTR '')`);
