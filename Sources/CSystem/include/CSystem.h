#ifndef CSYSTEM_H
#define CSYSTEM_H

/// How many arguments the process was started with, its own name among them.
int process_argument_count(void);

/// One of the arguments, counted from 0.
const char *process_argument(int number);

/// Exchanges the names of two files or folders of one file system in one step; 0, or -1 with the reason in
/// `errno`: ENOSYS or EINVAL where the file system has no such step.
int exchange_names(const char *first, const char *second);

/// Whether a folder is the top of a file system, which cannot be exchanged for another folder.
_Bool is_mount_point(const char *folder);

#endif
