// Runs a program on some of the cores, and says how long it took and how much memory it had.
//
//     timed REPORT CORE[,CORE…] COMMAND…      writes "SECONDS PEAK_KIB" into the file REPORT
//
// A program of its own because the peak that the kernel gives for a process includes that of the
// process it was forked from: for one that Python has started it is at least Python's.
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

cpu_set_t cores(const char* text) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (char* end; *text; text = *end ? end + 1 : end) {
        CPU_SET(std::strtol(text, &end, 10), &set);
        if (end == text) std::exit(64);
    }
    return set;
}

[[noreturn]] void run(char** command, const cpu_set_t& set) {
    if (sched_setaffinity(0, sizeof set, &set) == 0) execvp(command[0], command);
    std::perror(command[0]);
    _exit(127);
}

int main(int argc, char** argv) {
    if (argc < 4) return 64;
    cpu_set_t set = cores(argv[2]);
    auto start = std::chrono::steady_clock::now();
    pid_t child = fork();
    if (child == 0) run(argv + 3, set);
    int status;
    rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return 71;
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::FILE* report = std::fopen(argv[1], "w");
    if (!report) return 74;
    std::fprintf(report, "%.6f %ld\n", elapsed.count(), usage.ru_maxrss);
    std::fclose(report);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
