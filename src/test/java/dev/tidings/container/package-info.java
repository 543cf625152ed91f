/**
 * Tests of the WAR on real containers, in one package for each door, which has the name of the door's own: {@code stream}
 * tests {@code http.stream}, {@code mercure} tests {@code mercure}. {@code access} tests who may come in by all of them,
 * {@code server} what the hub does with a container as a whole, {@code launch} the hub without one, by {@code java -jar},
 * and {@code documents} the code that documents show.
 *
 * <p>Here stands what several of them share: hubs that run for many classes ({@link dev.tidings.container.ConfiguredHub},
 * {@link dev.tidings.container.SiteHub}), and how to ask a hub by each door.
 */
package dev.tidings.container;
