// What Swift's Glibc module doesn't declare: opening a pseudo-terminal, and starting a program
// whose controlling terminal it is.
#pragma once
#include <sys/types.h>

/// Opens a pseudo-terminal of the given size; the other side's path goes to `path`. −1 on failure.
int pty_open(unsigned short columns, unsigned short rows, char *path, int path_size);

/// Starts a program in a session of its own on the terminal at `path`. Its standard output is
/// `output`, or the terminal where that is −1. −1 on failure.
pid_t pty_spawn(
    const char *path, int output, char *const arguments[], char *const environment[]);

/// A descriptor that can be read from when the process has ended. −1 on failure.
int pty_process(pid_t pid);
