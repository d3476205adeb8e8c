// ncursesw, and the Linux calls of the terminal that Swift's Glibc module leaves out.
//
// The macros are chosen before the header is read: wide characters, and `cchar_t` as a struct.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

// Swift 6 takes no mutable global of C, and these are globals or macros.
static inline WINDOW *cncurses_window(void) { return stdscr; }
static inline void cncurses_forget_screen(void) { clearok(curscr, TRUE); }
static inline void cncurses_release_entry(void) { if (cur_term) del_curterm(cur_term); }
static inline attr_t cncurses_bold(void) { return A_BOLD; }
static inline attr_t cncurses_reverse(void) { return A_REVERSE; }

// Variadic.
static inline const char *cncurses_cursor_address(const char *capability, int row, int column) {
    return tparm(capability, row, column);
}

// Declared only under _GNU_SOURCE or _XOPEN_SOURCE, which the Glibc module doesn't set.
extern int memfd_create(const char *name, unsigned int flags);
extern int wcwidth(wchar_t character);
enum {
    CNCURSES_MEMFD_CLOEXEC = 1,
    CNCURSES_MEMFD_ALLOW_SEALING = 2,
    CNCURSES_ADD_SEALS = 1033,
    CNCURSES_SEAL_SHRINK = 2,
    CNCURSES_SEAL_GROW = 4,
};
