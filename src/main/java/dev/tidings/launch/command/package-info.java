/**
 * The commands of {@code java -jar tidings.war}: starting the hub, {@code key}, {@code token}, {@code check}, and help.
 *
 * <p>Settings are those of a deployment, by the same names and from the same sources, and each is an option, too. A
 * further command implements {@code Command} and gets a line in {@code Launcher}.
 */
@NullMarked
package dev.tidings.launch.command;

import org.jspecify.annotations.NullMarked;
