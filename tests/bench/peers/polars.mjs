// polars.mjs JOB: the job with Polars on the journal $j, rows tab-separated
// on standard output, written by the streaming engine itself.  Polars for
// node cannot turn quotes off: they are a byte that is in no table.
import { createRequire } from 'node:module';

const pl = createRequire(import.meta.url)('nodejs-polars');
const { col, lit, when } = pl;
const job = process.argv[2];
const names = 'time customer kind channel tone value due ref topic by text';
const schema = Object.fromEntries(names.split(' ').map((n) => [n, pl.Utf8]));
const states = ['deal', 'won', 'lost', 'leave', 'return'];

function read(types, options = { quoteChar: '\u0001' }) {
	return pl.scanCSV(process.env.j, { sep: '\t', cache: false,
		rechunk: false, missingUtf8IsEmptyString: true,
		schema: { ...schema, ...types }, ...options });
}

const is = (...kinds) => kinds.map((k) => col('kind').eq(lit(k)))
	.reduce((a, b) => a.or(b));
const only = (condition, value) =>
	when(condition).then(value).otherwise(lit(null));
const int = (expr) => expr.cast(pl.Int64);
const count = (expr) => int(expr).sum();

// --- scores of surveys ----------------------------------------------------

function nps(group) {
	return read({}).filter(is('nps'))
		.select(group.alias('group'), int(col('value')))
		.groupBy(['group'], false).agg(
			col('value').count().alias('n'),
			count(col('value').gtEq(9)).alias('p'),
			count(col('value').gtEq(7)
				.and(col('value').ltEq(8))).alias('q'),
			count(col('value').ltEq(6)).alias('d'));
}

// --- the fold of crm-stat -------------------------------------------------

// The latest of something is the greatest `time code`, where the code of what
// counts at equal times is the greater.
const late = (condition, code) => only(condition,
	pl.concatString([col('time'), int(code).cast(pl.Utf8)], ''));
const code = (c) => int(col(c).str.slice(20, 2));
const when_late = (c) => col(c).str.slice(0, 20).alias(`${c}_time`);
const from = (top, c) => [int(lit(top).sub(code(c))).alias(c), when_late(c)];
const none = (...columns) =>
	columns.map((c) => int(col(c).fillNull(lit(0))).alias(c));
const money = (...columns) => columns.map((c) => col(c)
	.cast(pl.Decimal(18, 2)).fillNull(lit(0).cast(pl.Decimal(18, 2)))
	.alias(c));

const score = lit(20).sub(int(col('value')));
const state = states.reduce((e, s, i) =>
	when(is(s)).then(lit(i + 1)).otherwise(e), lit(0));
const state_name = states.reduce((e, s, i) =>
	when(code('state').eq(lit(i + 1))).then(lit(s)).otherwise(e), lit(null));

function trade(journal) {
	return journal.filter(is('order'))
		.select('customer', 'value', col('time').str.slice(0, 10).alias('day'))
		.groupBy(['customer', 'day'], false).agg(
			col('value').sum().alias('sum'),
			col('value').count().alias('n'))
		.groupBy(['customer'], false).agg(
			col('n').sum().alias('orders'),
			col('day').count().alias('days'),
			col('day').min().alias('first_order'),
			col('day').max().alias('last_order'),
			col('sum').sortBy(['day']).first().alias('spend'),
			col('sum').sum().alias('revenue'));
}

function fold(journal) {
	const talk = is('in', 'out', 'visit');
	const contact = talk.or(is('complaint', 'request', 'reply'));

	return journal.select('time', 'customer', contact.alias('contacts'),
		only(talk, col('value')).alias('minutes'),
		only(contact, col('time')).alias('contact'),
		late(col('tone').isNotNull(), lit(2).sub(col('tone'))).alias('tone'),
		only(is('refund'), col('value')).alias('refunds'),
		only(is('cost'), col('value')).alias('cost'),
		only(is('cost').and(col('topic').eq(lit('service'))), col('value'))
			.alias('service'),
		is('complaint', 'request').alias('cases'), is('solve').alias('solved'),
		late(is('nps'), score).alias('nps'),
		late(is('csat'), score).alias('csat'),
		late(is(...states), state).alias('state'))
	.groupBy(['customer'], false).agg(
		col('time').min().alias('first'), col('time').max().alias('last'),
		col('time').count().alias('events'),
		...['contacts', 'cases', 'solved'].map((c) => count(col(c)).alias(c)),
		...['minutes', 'refunds', 'cost', 'service'].map((c) => col(c).sum()),
		...['contact', 'tone', 'nps', 'csat', 'state']
			.map((c) => col(c).max()));
}

function stat() {
	const journal = read({ tone: pl.Int8, value: pl.Decimal(18, 2) });

	return fold(journal)
		.join(trade(journal), { on: 'customer', how: 'left' })
		.select('customer', 'first', 'last', 'events', 'contacts',
			...money('minutes'), 'contact', ...from(2, 'tone'),
			...none('orders', 'days'), 'first_order', 'last_order',
			...money('spend', 'revenue', 'refunds', 'cost', 'service'),
			'cases', 'solved', ...from(20, 'nps'), ...from(20, 'csat'),
			state_name.alias('state'), when_late('state'));
}

// --- a journal whose texts begin with quotation marks ---------------------

function rows(options) {
	return read({}, options).select(col('kind').count().alias('rows'),
		count(is('nps')).alias('nps'));
}

const jobs = {
	nps: () => nps(lit('all')),
	month: () => nps(col('time').str.slice(0, 7)),
	find: () => read({}).filter(col('customer').eq(lit(process.env.one))),
	stat,
	quotes: () => rows(),
	'quotes-default': () => rows({}),
};
await jobs[job]().sinkCSV('/dev/stdout', { includeHeader: false,
	separator: '\t', quoteStyle: 'never', maintainOrder: false,
	nullValue: '' }).collect({ engine: 'streaming' });
