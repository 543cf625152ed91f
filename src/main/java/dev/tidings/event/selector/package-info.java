/**
 * Selectors of topics, for subscriptions and grants: a {@link dev.tidings.event.selector.TopicSelector} is everything,
 * one topic or a template, a {@link dev.tidings.event.selector.SelectorSet} is some of them.
 *
 * <p>A template is compared in time linear in the topic, whatever it looks like:
 * {@link dev.tidings.event.selector.IndexedTopic} makes a topic ready once, and each
 * {@link dev.tidings.event.selector.UriTemplate} then moves sets of indexes over it, sixty-four in a step.
 */
@NullMarked
package dev.tidings.event.selector;

import org.jspecify.annotations.NullMarked;
