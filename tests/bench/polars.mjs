// polars.mjs JOB JOURNAL: the job with Polars, rows tab-separated on
// standard output.
import { createRequire } from 'node:module';

const pl = createRequire(import.meta.url)('nodejs-polars');
const [job, path] = process.argv.slice(2);
const col = pl.col;
const journal = pl.scanCSV(path, { sep: '\t', quoteChar: '\u0001',
	inferSchemaLength: 0 });
const answers = journal.filter(col('kind').eq(pl.lit('nps')))
	.select(col('time').str.slice(0, 7).alias('month'),
		col('value').cast(pl.Int64).alias('score'));
const jobs = {
	nps: (a) => a.withColumns(pl.lit('all').alias('group')),
	month: (a) => a.withColumns(col('month').alias('group')),
};
const counted = await jobs[job](answers).groupBy('group').agg(
	col('score').count().alias('n'),
	col('score').gtEq(9).sum().alias('p'),
	col('score').ltEq(6).sum().alias('d')).sort('group').collect();
for (const { group, n, p, d } of counted.toRecords())
	console.log([group, n, p, n - p - d, d].join('\t'));
