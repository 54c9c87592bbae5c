# crm - customer relations for people at home in a shell.  GNU make.
#
#	make               build every command into build/bin
#	make deps demo     install what is missing, show the weekly report
#	make deps check    the same, and all tests
#	make install       honours DESTDIR and PREFIX
#	make sanitize      the tests under address and undefined sanitizers
#	make coverage      lines and branches that the tests reach
#	make bench         speed and memory beside other tools (deps-bench)
#
# Adding a command is adding cmd/NAME.c, man/NAME.1 and tests/cli/NAME.t;
# adding a room is adding lib/FLOOR/ROOM.[ch] and tests/unit/test_ROOM.c.
# Nothing here needs to change for that.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
SHAREDIR = $(PREFIX)/share/crm
LOCALEDIR = $(PREFIX)/share/locale
BUILD = build
VERSION = 0.1.0

CFLAGS = -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Werror
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fPIE
HARDLD = -pie -Wl,-z,relro,-z,now
CPPFLAGS = -D_GNU_SOURCE -Ilib -DCRM_VERSION='"$(VERSION)"' \
	-DCRM_LOCALEDIR='"$(LOCALEDIR)"' -DCRM_SHAREDIR='"$(SHAREDIR)"'
LDLIBS = -Wl,--as-needed -lcsv -lutf8proc -lz -lzstd -lm -pthread

CC_ALL = $(CC) -std=c11 -pthread $(WARN) $(HARDEN) $(CPPFLAGS) $(CFLAGS)

CMDS = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
ROOMS = $(patsubst lib/%.c,%,$(wildcard lib/*/*.c))
UNITS = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
TOOLS = $(patsubst tests/%.c,%,$(wildcard tests/bench/*.c tests/fault/*.c))
MANS = $(wildcard man/*.[157])
BINS = $(CMDS:%=$(BUILD)/bin/%)
LIB = $(BUILD)/libcrm.a

all: $(BINS)

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $< $(LIB) $(LDLIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $< $(LIB) -lcmocka $(LDLIBS)

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o
	@mkdir -p $(@D)
	$(CC_ALL) $(LDFLAGS) $(HARDLD) -o $@ $<

$(LIB): $(ROOMS:%=$(BUILD)/lib/%.o)
	rm -f $@
	$(AR) rc $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC_ALL) -MMD -MP -c -o $@ $<

.SECONDARY:
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)

unit: $(UNITS:%=$(BUILD)/unit/%)
	@for t in $^; do $$t || exit 1; done

clean:
	rm -rf build

.PHONY: all unit clean
