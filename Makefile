# crm - customer relations for people at home in a shell.  GNU make.
#
#	make               build every command into build/bin
#	make deps demo     install what is missing, show the weekly report
#	make deps check    the same, and all tests
#	make install       honours DESTDIR and PREFIX
#	make sanitize      the tests under address and undefined sanitizers
#	make coverage      lines and branches that the tests reach
#	make bench         speed and memory beside other tools (deps-bench)
#	make bench-table   its figures into the README
#	make bench-gate    instructions per event, against a limit
#	make rooms         the table of lib/README.md from the headers
#	make po            new words of the code into the catalogues
#
# Adding a command is adding cmd/NAME.c, man/NAME.1 and tests/cli/NAME.t;
# adding a room is adding lib/FLOOR/ROOM.[ch] and tests/unit/test_ROOM.c.
# Nothing here needs to change for that.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
SHAREDIR = $(PREFIX)/share/crm
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
LOCALEDIR = $(PREFIX)/share/locale
BUILD = build
VERSION = 0.1.0

# STRICT=-Werror is for who changes the code: a compiler that is newer than
# this may know more warnings.
STRICT ?=
CFLAGS = -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings $(STRICT)
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fPIE
HARDLD = -pie -Wl,-z,relro,-z,now
CPPFLAGS = -D_GNU_SOURCE -Ilib -DCRM_VERSION='"$(VERSION)"' \
	-DCRM_LOCALEDIR='"$(LOCALEDIR)"' -DCRM_SHAREDIR='"$(SHAREDIR)"'

# Libraries go into the commands where they are there as archives: the loader
# looks for them longer than a short command works.  Where all of the small
# ones do, and the compiler has what it takes, the C library does too.  Who
# wants them shared, as distributions do, says make LINK=shared.
LINK = inside
inside = $(if $(filter inside,$(LINK)),$(wildcard \
	$(shell $(CC) -print-file-name=$1)))
SMALL := $(foreach l,csv utf8proc z zstd,$(or $(call inside,lib$l.a),-l$l))
PIE := $(or $(if $(filter -l%,$(SMALL)),,$(and \
	$(call inside,libc.a),$(call inside,rcrt1.o),-static-pie)),-pie)
LDLIBS = -Wl,--as-needed $(SMALL) -lm -pthread

CC_ALL = $(CC) -std=c11 -pthread $(WARN) $(HARDEN) $(CPPFLAGS) $(CFLAGS)

CMDS = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
ROOMS = $(patsubst lib/%.c,%,$(wildcard lib/*/*.c))
UNITS = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
MANS = $(wildcard man/*.[157])
BINS = $(CMDS:%=$(BUILD)/bin/%)
LIB = $(BUILD)/libcrm.a
POS = $(wildcard lib/share/po/*.po)
SHARES = $(patsubst lib/share/%,%,$(wildcard lib/share/*.tsv \
	lib/share/rules/*))
MOS = $(POS:lib/share/po/%.po=$(BUILD)/locale/%/LC_MESSAGES/crm.mo)
TOOLS = lib/share/build

# `make deps check` installs what check needs before anything is compiled.
DEPS_FIRST = $(filter deps,$(MAKECMDGOALS))

all: $(BINS) $(MOS) $(BUILD)/completions/table

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD:-pie=$(PIE)) -o $@ $< $(LIB) $(LDLIBS)

# It uses iconv, which loads parts of the C library as it runs.
$(BUILD)/bin/crm-import: PIE = -pie

# The commands once more, for tests in which calls of the C library fail.
$(BUILD)/shared/%: $(BUILD)/cmd/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $< $(LIB) $(LDLIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $< $(LIB) -lcmocka $(LDLIBS)

# A fuzz target, with the fuzzer (see fuzz) and without.
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/fuzz_%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

$(BUILD)/replay/%: $(BUILD)/tests/fuzz/fuzz_%.o \
    $(BUILD)/tests/fuzz/replay.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $^ $(LDLIBS)

# A program of the tests that stands alone: tests/bench/gen.c, ...
$(BUILD)/%: $(BUILD)/tests/%.o
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $<

# The sample store's, of several parts.
$(BUILD)/sample/firm: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/sample/*.c))
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $^

$(LIB): $(ROOMS:%=$(BUILD)/lib/%.o)
	rm -f $@
	$(AR) rc $@ $^

$(BUILD)/%.o: %.c | $(DEPS_FIRST)
	@mkdir -p $(@D)
	$(CC_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/locale/%/LC_MESSAGES/crm.mo: lib/share/po/%.po | $(DEPS_FIRST)
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

$(BUILD)/completions/table: $(TOOLS)/completions $(BINS) \
		$(wildcard lib/share/completions/*)
	@rm -rf $(@D)
	$(TOOLS)/completions $(BUILD)

# Where things will be installed is in a few objects: they are made anew when
# it changes (make PREFIX=/usr install, after make).
PATHS = $(PREFIX) $(SHAREDIR) $(LOCALEDIR) $(VERSION)
$(BUILD)/paths: FORCE
	@mkdir -p $(@D)
	@echo "$(PATHS)" | cmp -s - $@ || echo "$(PATHS)" >$@
$(patsubst %.c,$(BUILD)/%.o,$(shell grep -lE 'CRM_(SHAREDIR|LOCALEDIR|VERSION)' \
    lib/*/*.c cmd/*.c)): $(BUILD)/paths
FORCE:

.SECONDARY:
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)

# --- tests ----------------------------------------------------------------

DEPS_check = check
DEPS_sanitize = check
DEPS_coverage = check
DEPS_fuzz = check analyze
DEPS_analyze = analyze
DEPS_bench-gate = gate
deps:
	@$(TOOLS)/deps build $(foreach g,$(MAKECMDGOALS),$(DEPS_$(g)))

TESTS = $(wildcard tests/cli/*.t)
FAULTS = $(wildcard tests/fault/*.t)
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
HELPERS = $(BUILD)/sample/firm $(patsubst tests/%.c,$(BUILD)/%,$(wildcard \
	tests/bench/*.c tests/fault/*.c)) \
	$(FUZZERS:%=$(BUILD)/replay/%) \
	$(if $(FAULTS),$(CMDS:%=$(BUILD)/shared/%))
PROVE = t_bin=$(abspath $(BUILD))/bin prove -j2 -e sh

check: unit ends lint

unit: $(UNITS:%=$(BUILD)/unit/%)
	@bad=0; for t in $^; do \
		$$t 2>&1 || { bad=1; echo "unit: $$t failed"; }; \
	done; exit $$bad

# The plainest awk that is there: what it does not know others may lack, too.
ends: all $(HELPERS)
	@mkdir -p $(BUILD)/awk
	@awk=$$(command -v mawk) && ln -sf "$$awk" $(BUILD)/awk/awk || :
	PATH=$(abspath $(BUILD))/awk:$$PATH $(PROVE) $(TESTS) $(FAULTS)

lint: $(DEPS_FIRST)
	mandoc -T lint -W warning $(MANS)
	shellcheck -x -P SCRIPTDIR -S warning -e SC2034,SC2238,SC3045 -s sh \
	    $(TOOLS)/* .ci/run tests/lib.sh $(TESTS) $(FAULTS) \
	    $(filter-out %.awk %.mlr %.sql %.mjs,$(wildcard \
	    tests/bench/run tests/bench/gate tests/bench/modules \
	    tests/bench/peers/*))

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:
	$(MAKE) BUILD=build/sanitize LINK=shared HARDEN=-fPIE WARN=-Wall \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZE)' \
	    FAULTS= unit ends

FUZZ_SECONDS = 60
FUZZ = -fsanitize=fuzzer-no-link,address,undefined
fuzz: $(DEPS_FIRST)
	$(MAKE) BUILD=build/fuzz CC=clang WARN= HARDEN=-fPIE \
	    CFLAGS='-O1 -g $(FUZZ) -fno-sanitize-recover=undefined' \
	    $(FUZZERS:%=build/fuzz/fuzz/%)
	for f in $(FUZZERS); do \
		mkdir -p build/fuzz/corpus/$$f && build/fuzz/fuzz/$$f \
		    -max_total_time=$(FUZZ_SECONDS) -timeout=5 \
		    -print_final_stats=1 -artifact_prefix=build/fuzz/ \
		    build/fuzz/corpus/$$f tests/fuzz/corpus/$$f || exit 1; \
	done

rooms:
	sed -i '/^| floor | room/,$$d' lib/README.md
	$(TOOLS)/rooms >>lib/README.md

coverage:
	rm -rf build/coverage
	-$(MAKE) BUILD=build/coverage LINK=shared HARDEN= HARDLD= WARN=-Wall \
	    CFLAGS='-O0 -g --coverage -fprofile-update=atomic \
	    -DCRM_UNCONFINED' unit ends
	$(TOOLS)/coverage build/coverage

analyze:
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
	    --inline-suppr --suppress=missingIncludeSystem \
	    --error-exitcode=1 -D_GNU_SOURCE -Ilib lib cmd
	# what iconv_open says when it fails is no leak
	$(MAKE) BUILD=build/analyze all \
	    CFLAGS='-O1 -fanalyzer -Wno-error=analyzer-malloc-leak'

# New words come in untranslated, words that are gone go.
po: $(DEPS_FIRST)
	@mkdir -p $(BUILD)
	$(TOOLS)/pot >$(BUILD)/crm.pot
	for p in $(POS); do \
		msgmerge --quiet --update --backup=none --no-location \
		    --no-fuzzy-matching --sort-output $$p $(BUILD)/crm.pot && \
		msgattrib --no-obsolete --no-location --sort-output \
		    -o $$p $$p || exit 1; \
	done

# --- what it shows --------------------------------------------------------

DEMO_NOW = 2026-11-21T12:00:00Z

sample: $(BUILD)/sample/firm
	rm -rf $(BUILD)/demo
	mkdir -p -m 700 $(BUILD)/demo
	$(BUILD)/sample/firm $(BUILD)/demo

demo: all sample
	@CRM_NOW=$(DEMO_NOW) $(TOOLS)/demo $(BUILD)

BENCHERS = $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
bench: all $(BENCHERS)
	tests/bench/run $(BUILD)

# What `make bench` has found, into the README.
bench-table:
	tests/bench/table $(BUILD)/bench/results.tsv >$(BUILD)/bench/table.md
	sed -i -e '/^<!-- bench/,/^<!-- end of bench/{//!d;}' \
	    -e '/^<!-- bench/r $(BUILD)/bench/table.md' README.md

bench-gate: all $(BENCHERS)
	tests/bench/gate $(BUILD)

deps-bench:
	@$(TOOLS)/deps build bench || \
	    echo "deps-bench: the bench runs without what is missing"
	@mkdir -p $(BUILD)/bench
	@tests/bench/modules $(BUILD)/bench

# --- installing -----------------------------------------------------------

install: all
	mkdir -p $(DESTDIR)$(BINDIR)
	install -m 755 $(BINS) $(DESTDIR)$(BINDIR)
	for s in 1 5 7; do \
		set -- man/*.$$s; test -f "$$1" || continue; \
		mkdir -p $(DESTDIR)$(MANDIR)/man$$s && \
		install -m 644 "$$@" $(DESTDIR)$(MANDIR)/man$$s || exit 1; \
	done
	for m in $(MOS:$(BUILD)/locale/%=%); do \
		install -D -m 644 $(BUILD)/locale/$$m \
		    $(DESTDIR)$(LOCALEDIR)/$$m || exit 1; \
	done
	for f in $(SHARES); do \
		install -D -m 644 lib/share/$$f \
		    $(DESTDIR)$(SHAREDIR)/$$f || exit 1; \
	done
	mkdir -p $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install -m 644 $(BUILD)/completions/bash/crm $(DESTDIR)$(BASHDIR)
	for c in $(CMDS); do ln -sf crm $(DESTDIR)$(BASHDIR)/$$c; done
	install -m 644 $(BUILD)/completions/zsh/_crm $(DESTDIR)$(ZSHDIR)
	install -m 644 $(BUILD)/completions/fish/* $(DESTDIR)$(FISHDIR)

uninstall:
	cd $(DESTDIR)$(BINDIR) && rm -f $(CMDS)
	cd $(DESTDIR)$(SHAREDIR) && rm -f $(SHARES)
	cd $(DESTDIR)$(LOCALEDIR) && rm -f $(MOS:$(BUILD)/locale/%=%)
	cd $(DESTDIR)$(BASHDIR) && rm -f crm $(CMDS)
	rm -f $(DESTDIR)$(ZSHDIR)/_crm
	cd $(DESTDIR)$(FISHDIR) && rm -f $(CMDS:%=%.fish)
	cd $(DESTDIR)$(MANDIR) && rm -f $(foreach m,$(notdir $(MANS)),\
	    man$(subst .,,$(suffix $(m)))/$(m))

clean:
	rm -rf build

.PHONY: FORCE all deps check unit ends lint sanitize fuzz coverage analyze \
	rooms po sample demo bench bench-table bench-gate deps-bench \
	install uninstall clean
