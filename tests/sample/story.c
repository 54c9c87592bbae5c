/* What happens to the firm: the wave, and what there is to be done. */
#include "firm.h"

/* Since 9 November a new carrier delivers, badly.  Few of the cases have
 * been solved so far. */
static void
wave_of_complaints(struct firm *f)
{
	static const int who[] = { 6, 20, 2, 12, 40, 15, 26, 43, 9, 50, 36 };
	static const int later[] = { 7, 23, 28, 47, 53 };

	f->seed = 17;
	for (size_t i = 0; i < LEN(who); i++)
		open_case(f, who[i], WAVE + (int)i / 2 + (i > 7 ? 2 : 0),
		    "complaint", &wave[i % LEN(wave)], i != 2 && i != 5);
	ADD(f, .time = at(WAVE + 8, 17, 40), .who = -1, .kind = "note",
	    .by = "anna", .topic = "carrier",
	    .text = "Spedition gewechselt am 9.11.; Beschwerden häufen sich,"
		    " bitte Zahlen bis Freitag");
	for (size_t i = 0; i < LEN(later); i++)
		open_case(f, later[i], WAVE + 8 + (int)i * 2 / 3, "complaint",
		    &wave[(i + 2) % LEN(wave)], true);
}

/* Single events that the last two weeks need, of threads of their own and
 * of threads that go on. */
static void
last_weeks(struct firm *f)
{
	static const struct {
		int thread;      /* a number of its own, or 0 */
		int day, hour, minute;
		int who;
		const char *kind, *channel;
		int tone, cents, due;
		char letter;
		const char *ref, *topic, *text;
	} all[] = {
		/* consent */
		{ 0, 718, 11, 5, 40, "ask", "email", 0, 0, 0, 0, "form-2", "invitation", "Formular der Website, IP 192.0.2.44" },
		{ 0, 718, 11, 9, 40, "confirm", "email", 0, 0, 0, 0, "form-2", "invitation", "Link in der Mail geklickt, IP 192.0.2.44" },
		{ 0, 719, 20, 31, 51, "ask", "email", 0, 0, 0, 0, "form-2", "newsletter", "Formular der Website, IP 192.0.2.61" },
		{ 0, 719, 20, 40, 51, "confirm", "email", 0, 0, 0, 0, "form-2", "newsletter", "Link in der Mail geklickt, IP 192.0.2.61" },
		{ 0, 722, 9, 12, 15, "withdraw", "email", 0, 0, 0, 0, "", "newsletter", "Abmeldelink" },
		{ 0, 723, 21, 48, 2, "withdraw", "", 0, 0, 0, 0, "", "", "keine Werbung mehr, sagt er am Telefon" },
		{ 0, 726, 19, 2, 58, "ask", "email", 0, 0, 0, 0, "form-2", "newsletter", "Formular der Website, IP 192.0.2.93" },
		/* requests that are still open */
		{ 1, 728, 15, 50, 24, "request", "phone", 0, 0, 0, 'K', "", "assembly", "Anleitung für das Regal fehlt" },
		{ 2, 727, 9, 20, 8, "request", "email", 0, 0, 0, 'K', "", "care", "welches Öl für Nussbaum?" },
		{ 2, 727, 16, 5, 8, "reply", "email", 0, 0, 0, 'K', "", "", "Probe von drei Ölen geht in die Post" },
		{ 3, 729, 10, 15, 10, "request", "chat", 0, 0, 0, 'K', "", "advice", "passt die Bank unter ein Fenster von 90 cm?" },
		/* chances */
		{ 4, 600, 10, 0, 37, "deal", "", 0, 480000, 705, 'D', "", "contact", "" },
		{ 4, 622, 10, 0, 37, "deal", "", 0, 520000, 705, 'D', "", "offer", "" },
		{ 5, 660, 11, 0, 40, "deal", "", 0, 1250000, 735, 'D', "", "contact", "" },
		{ 5, 672, 11, 0, 40, "deal", "", 0, 1250000, 735, 'D', "", "offer", "" },
		{ 5, 692, 15, 0, 40, "deal", "", 0, 1190000, 735, 'D', "", "negotiation", "" },
		{ 5, 720, 14, 30, 40, "won", "", 0, 1190000, 0, 'D', "", "advice", "" },
		{ 6, 671, 9, 0, 11, "deal", "", 0, 640000, 740, 'D', "", "offer", "" },
		{ 6, 719, 16, 0, 11, "lost", "", 0, 640000, 0, 'D', "", "delivery-time", "wegen der Spedition" },
		{ 7, 719, 10, 40, 23, "deal", "", 0, 840000, 784, 'D', "", "contact", "" },
		{ 8, 690, 10, 40, 29, "deal", "", 0, 930000, 736, 'D', "", "offer", "" },
		{ 8, 711, 13, 0, 29, "deal", "", 0, 930000, 736, 'D', "", "negotiation", "" },
		/* tasks */
		{ 9, 721, 9, 5, 15, "todo", "", 0, 0, 726, 'T', "", "follow-up", "Angebot nachfassen" },
		{ 10, 724, 9, 10, 6, "todo", "", 0, 0, 731, 'T', "", "feedback", "Termin mit Frau Dr. Lehnert wegen der Lieferung" },
		{ 11, 725, 14, 0, 20, "todo", "", 0, 0, 728, 'T', "", "call", "zurückrufen, Liefertermin nennen" },
		{ 12, 725, 14, 5, 43, "todo", "", 0, 0, 727, 'T', "", "call", "zurückrufen" },
		{ 12, 727, 10, 0, 43, "done", "", 0, 0, 0, 'T', "", "", "" },
		/* words */
		{ 0, 720, 19, 40, 7, "in", "email", 2, 0, 0, 0, "", "", "fragt, wo die Stühle bleiben" },
		{ 0, 721, 7, 10, 30, "in", "email", 3, 0, 0, 0, "", "", "Aufzug ist zu klein für den Tisch" },
		{ 0, 721, 17, 0, 18, "thanks", "phone", 0, 0, 0, 0, "nps-2026-Q4", "", "für das Lob bedankt" },
	};
	int first = f->threads;

	f->seed = 31;
	for (size_t i = 0; i < LEN(all); i++)
		ADD(f, .time = at(all[i].day, all[i].hour, all[i].minute),
		    .who = all[i].who, .kind = all[i].kind,
		    .channel = all[i].channel, .tone = all[i].tone,
		    .value = { all[i].cents > 0 ? MONEY : EMPTY,
		    all[i].cents }, .due = all[i].due,
		    .thread = all[i].thread > 0 ? first + all[i].thread : 0,
		    .letter = all[i].letter, .ref = all[i].ref,
		    .topic = all[i].topic, .text = all[i].text);
	f->threads = first + (int)LEN(all);
}

/* What people ask for in the shop that the firm does not make. */
static void
needs_not_met(struct firm *f)
{
	static const char *const missing[] = { "standing-desk",
		"standing-desk", "outdoor-bench", "rental", "standing-desk",
		"child-furniture" };

	f->seed = 29;
	for (int day = 30; day < DAYS; day += from_to(f, 6, 20)) {
		int64_t t = office(f, day);
		const char *topic = PICK(f, missing);

		ADD(f, .time = t, .who = below(f, 54), .kind = "unmet",
		    .channel = "shop", .topic = topic);
	}
}

/* What belongs to nobody in particular, or happens now and then. */
static void
sundries(struct firm *f)
{
	int64_t t;

	f->seed = 23;
	for (int day = 3; day < DAYS; day += from_to(f, 2, 9)) {
		t = office(f, day);
		ADD(f, .time = t, .who = -1, .kind = "web",
		    .channel = "web", .by = "", .topic = PICK(f, products));
	}
	for (int day = 20; day < DAYS; day += from_to(f, 25, 70)) {
		bool met = percent(f, 70);
		int who = below(f, 50);

		t = office(f, day);
		ADD(f, .time = t, .who = who, .kind = met ? "need" : "unmet",
		    .channel = "shop", .topic = PICK(f, needs));
	}
	for (int i = 0; i < 4; i++) {
		static const char *const refs[] = { "spring-2025",
			"advent-2025", "spring-2026", "autumn-2026" };
		static const int days[] = { 110, 340, 475, 690 };

		ADD(f, .time = at(days[i], 9, 0), .who = -1, .kind = "cost",
		    .value = CENTS(18000 + 700 * i), .ref = refs[i],
		    .by = "esra", .topic = "mailing");
	}
	for (int day = 90; day < DAYS; day += 120)
		ADD(f, .time = at(day, 15, 0), .who = below(f, 30),
		    .kind = "x-showroom", .channel = "shop",
		    .text = "Führung durch die Werkstatt");
}

void
story(struct firm *f)
{
	wave_of_complaints(f);
	sundries(f);
	needs_not_met(f);
	last_weeks(f);
}
