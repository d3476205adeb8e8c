// Draws the frames of a file with ncurses, straight to its terminal, as a plain program does: every
// cell of a frame by `add_wch`, then `refresh`, once an interval. After each frame it writes how
// many microseconds that took to descriptor 3. Compiled and run by Benchmarks/screen/run.
//
//   plain FRAMES MILLISECONDS
//
// FRAMES: "columns rows count", then for each cell "scalar foreground background attributes" as
// 32-bit integers: a colour is 0xRRGGBB or -1, attributes are 1 for bold and 2 for reverse.

#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <locale.h>
#include <ncursesw/ncurses.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    int32_t scalar, foreground, background, attributes;
} Cell;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void draw(const Cell *cells, int columns, int rows) {
    for (int row = 0; row < rows; row++) {
        move(row, 0);
        for (int column = 0; column < columns; column++) {
            Cell cell = cells[row * columns + column];
            if (cell.scalar == 0) continue;
            wchar_t text[2] = {cell.scalar, 0};
            attr_t attributes = (cell.attributes & 1 ? A_BOLD : 0)
                | (cell.attributes & 2 ? A_REVERSE : 0);
            int pair = alloc_pair(cell.foreground, cell.background);
            cchar_t character;
            setcchar(&character, text, attributes, 0, &pair);
            add_wch(&character);
        }
    }
    refresh();
}

int main(int count, char **arguments) {
    if (count != 3) return 64;
    FILE *file = fopen(arguments[1], "rb");
    int32_t size[3];
    if (!file || fread(size, sizeof size, 1, file) != 1) return 66;
    size_t cells = (size_t)size[0] * size[1];
    Cell *frames = malloc(cells * size[2] * sizeof *frames);
    if (fread(frames, sizeof *frames, cells * size[2], file) != cells * size[2]) return 66;
    int64_t interval = atoi(arguments[2]) * 1000000LL;

    setlocale(LC_ALL, "");
    if (!initscr()) return 69;
    start_color();
    use_default_colors();
    noecho();
    curs_set(0);
    int64_t next = now();
    for (int frame = 0; frame < size[2]; frame++) {
        int64_t start = now();
        draw(frames + cells * frame, size[0], size[1]);
        int64_t took = now() - start;
        dprintf(3, "%lld\n", (long long)(took / 1000));
        next += interval;
        int64_t rest = next - now();
        if (rest > 0) {
            struct timespec pause = {rest / 1000000000, rest % 1000000000};
            nanosleep(&pause, NULL);
        }
    }
    endwin();
    return 0;
}
