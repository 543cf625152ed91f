/**
 * Where a request really came from, and which address its browser sees, when proxies stand between:
 * {@link dev.tidings.http.proxy.TrustedProxies} reads what they say, and believes those that are listed.
 */
@NullMarked
package dev.tidings.http.proxy;

import org.jspecify.annotations.NullMarked;
