/* words - what people at the sample firm say, and what it sells. */
#ifndef SAMPLE_WORDS_H
#define SAMPLE_WORDS_H

static const char *const products[] = { "oak-table", "chair", "shelf", "lamp",
	"desk", "bench", "cabinet", "oil-care" };

static const char *const calls_in[] = { "fragt nach Lieferzeit",
	"möchte Muster der Eiche geölt", "bittet um Rückruf am Nachmittag",
	"fragt, ob die Stühle stapelbar sind", "Terminwunsch für Aufmaß",
	"lobt die Beratung im Laden", "wollte wissen, ob wir auch liefern" };
static const char *const calls_out[] = { "Angebot nachgefasst",
	"Liefertermin bestätigt", "nach Zufriedenheit gefragt",
	"neue Kollektion vorgestellt", "zum Hausmesse-Abend eingeladen" };
static const char *const visits[] = { "Aufmaß vor Ort",
	"Muster gezeigt, Stoffe ausgesucht", "Jahresgespräch",
	"Übergabe der Möbel, alles in Ordnung" };
static const char *const needs[] = { "child-furniture", "standing-desk",
	"outdoor-bench", "rental" };

struct words {
	const char *topic, *text, *answer;
};

static const struct words complaints[] = {
	{ "quality", "Tischplatte hat einen Riss",
	    "Platte getauscht, alte abgeholt" },
	{ "quality", "Stuhl wackelt seit der zweiten Woche",
	    "Beine nachgeleimt, Ersatzstuhl gestellt" },
	{ "invoice", "Skonto nicht abgezogen, Rechnung falsch",
	    "Rechnung korrigiert und neu geschickt" },
	{ "delivery", "Paket beschädigt angekommen",
	    "Ersatz geschickt, Schaden der Spedition gemeldet" },
	{ "delivery", "zum zugesagten Termin kam niemand",
	    "neuer Termin, Lieferung kostenlos" },
	{ "advice", "falsche Maße genannt bekommen",
	    "Regal gekürzt, Montage übernommen" },
};
static const struct words wave[] = {
	{ "delivery", "neue Spedition kam drei Tage zu spät", "" },
	{ "delivery", "zwei Stühle zerkratzt, Fahrer unhöflich", "" },
	{ "delivery", "Lieferung angekündigt, niemand kam", "" },
	{ "delivery", "Karton offen, ein Bein des Tisches fehlt", "" },
	{ "delivery", "\"So etwas habe ich noch nicht erlebt\"", "" },
};
static const struct words requests[] = {
	{ "care", "welches Öl für Nussbaum?",
	    "Hartwachsöl empfohlen, Anleitung gemailt" },
	{ "delivery", "kann der Termin verschoben werden?",
	    "Termin auf Wunsch verlegt" },
	{ "invoice", "bitte Rechnung auf die Firma umschreiben",
	    "umgeschrieben" },
	{ "advice", "passt die Bank unter ein Fenster von 90 cm?",
	    "ja, Sitzhöhe 46 cm, Zeichnung geschickt" },
	{ "assembly", "Anleitung für das Regal fehlt", "als PDF geschickt" },
};

static const char *const praise[] = { "jederzeit wieder",
	"wunderschöner Tisch, sehr freundlich", "schnell und ordentlich", "",
	"" };
static const char *const grumble[] = { "dauert alles zu lange",
	"zu teuer geworden", "", "" };
static const char *const anger[] = { "Lieferung war eine Zumutung",
	"keine Antwort auf meine Beschwerde", "die neue Spedition ...", "" };
static const char *const lost_why[] = { "price", "delivery-time", "competitor",
	"budget" };

static const char *const won_why[] = { "quality", "advice", "price",
	"quality" };

#endif
