/**
 * The log in a file, whose history survives a restart and a crash.
 *
 * <p>An append goes through {@link dev.tidings.log.file.FileLog}, {@link dev.tidings.log.file.GroupCommit}, which lets
 * publishers share a sync, {@link dev.tidings.log.file.FileWriter} and {@link dev.tidings.log.file.DurableStore}, which opens
 * the file again after a failed write. {@link dev.tidings.log.file.FileRewrite} erases events. {@link
 * dev.tidings.log.file.EventStore} is the file while it is open. Only this package knows the library that stores it.
 *
 * <p>The file also keeps the hub's revocations, through the same thread and the same commits
 * ({@link dev.tidings.log.file.FileRevocations}). A version without them ignores them.
 */
@NullMarked
package dev.tidings.log.file;

import org.jspecify.annotations.NullMarked;
