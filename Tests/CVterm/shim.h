// An emulated terminal, for tests. Swift sees no bit-fields, so their values come from here.
#pragma once
#include <vterm.h>

static inline int vterm_cell_is_bold(const VTermScreenCell *cell) { return cell->attrs.bold; }

static inline int vterm_cell_is_reverse(const VTermScreenCell *cell) {
    return cell->attrs.reverse;
}

static inline int vterm_cell_has_other_attributes(const VTermScreenCell *cell) {
    return cell->attrs.underline || cell->attrs.italic || cell->attrs.blink || cell->attrs.strike;
}

// Macros.
static inline int vterm_color_is_default(const VTermColor *color) {
    return (color->type & (VTERM_COLOR_DEFAULT_FG | VTERM_COLOR_DEFAULT_BG)) != 0;
}

// A union, of which Swift sees no member by name. -1: the colour is not from the palette.
static inline int vterm_color_index(const VTermColor *color) {
    return VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : -1;
}

static inline unsigned vterm_color_value(const VTermColor *color) {
    return (unsigned)color->rgb.red << 16 | (unsigned)color->rgb.green << 8 | color->rgb.blue;
}
