/**
 * Where a request really came from, and which address its browser sees, when proxies stand in between.
 * {@link dev.tidings.http.proxy.TrustedProxies} reads their reports, and believes the proxies that are listed.
 */
@NullMarked
package dev.tidings.http.proxy;

import org.jspecify.annotations.NullMarked;
