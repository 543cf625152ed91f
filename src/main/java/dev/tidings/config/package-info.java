/**
 * The settings of the hub: read once, validated, and immutable from then on.
 *
 * <p>{@link dev.tidings.config.SettingTable} is the one list of settings. Their names in the environment, their
 * defaults, what is allowed, what is masked, and which names are unknown all follow from it.
 * {@link dev.tidings.config.Configuration#read} looks each of them up. The first source that has it wins: system
 * properties, environment, context parameters, the file of {@code tidings.config}, the default. A value that is not
 * allowed, or an unknown name, stops the deployment, since a hub that guesses what its operator meant guesses wrong
 * when it matters.
 *
 * <p>To add a setting, add a line to the table, a component to {@link dev.tidings.config.Settings}, and the line there
 * that fills it.
 *
 * <h2>Why there is no configuration library</h2>
 * A library would only ask four maps in turn. Most of the work would stay ours: the types, their bounds, the masking,
 * the unknown names, and errors that name the source of a value and what is allowed. These were weighed:
 * <ul>
 *   <li>SmallRye Config 3.13.4 (core, no default sources or interceptors): eleven jars of 700 kB in all,
 *       and 80 ms at every start. It leaves no class loader behind. But a {@code config_ordinal} in the
 *       properties file lifts that file above the system properties, and {@code tidings_heartbeat}
 *       counts as an environment variable, against what we promise.
 *   <li>avaje-config 4.1: 84 kB. Built from maps it expands <code>$&#123;</code> in every value, secrets
 *       too, and the order of the sources is again for us to make.
 *   <li>Gestalt 0.36 (core): 490 kB to fill beans by reflection, by its own rules for names.
 * </ul>
 */
@NullMarked
package dev.tidings.config;

import org.jspecify.annotations.NullMarked;
