package dev.tidings.hub;

import dev.tidings.event.selector.IndexedTopic;
import dev.tidings.event.selector.TopicSelector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The open templates with the same literal prefix, in the order in which they were opened.
 *
 * <p><b>Threads.</b> One thread at a time changes it. Any may match meanwhile, and sees each template that was there before and
 * still is.
 *
 * @param <T> the holders of a template
 */
final class TemplateGroup<T> {

    /** The part of an array that is in use. */
    private static final class Slice<T> {

        final OpenTemplate<T>[] templates;
        final int length;

        Slice(OpenTemplate<T>[] templates, int length) {
            this.templates = templates;
            this.length = length;
        }
    }

    private volatile Slice<T> slice = new Slice<>(room(1), 0);
    private int open;

    void add(OpenTemplate<T> template) {
        Slice<T> before = slice;
        OpenTemplate<T>[] room = before.length < before.templates.length
                ? before.templates
                : Arrays.copyOf(before.templates, 2 * before.length);
        room[before.length] = template;
        slice = new Slice<>(room, before.length + 1);
        open++;
    }

    /** Notes that one template was closed. Closed ones are removed when half of all are closed. */
    void forgetOne() {
        Slice<T> before = slice;
        open--;
        if (open > 0 && 2 * open <= before.length) {
            OpenTemplate<T>[] left = Arrays.stream(before.templates, 0, before.length)
                    .filter(template -> template.holders() != null)
                    .toArray(TemplateGroup::room);
            slice = new Slice<>(left, left.length);
        }
    }

    /** With how many templates a topic is compared. */
    int size() {
        return slice.length;
    }

    boolean isEmpty() {
        return open == 0;
    }

    /**
     * Adds the templates that match one of these topics, of those after one number and up to another.
     *
     * <p>It goes template by template. A template that is compared with one topic after the other stays in the processor's cache.
     */
    void match(List<IndexedTopic> topics, long after, long upTo, Set<OpenTemplate<T>> found) {
        Slice<T> now = slice;
        for (int i = now.length - 1; i >= 0 && now.templates[i].number > after; i--) {
            OpenTemplate<T> template = now.templates[i];
            TopicSelector selector = template.selector();
            if (selector != null && template.number <= upTo && matchesOne(selector, topics)) {
                found.add(template);
            }
        }
    }

    private static boolean matchesOne(TopicSelector selector, List<IndexedTopic> topics) {
        for (int i = 0; i < topics.size(); i++) {
            if (selector.matches(topics.get(i))) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> OpenTemplate<T>[] room(int length) {
        return new OpenTemplate[length];
    }
}
