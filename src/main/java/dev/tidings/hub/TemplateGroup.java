package dev.tidings.hub;

import dev.tidings.event.selector.IndexedTopic;
import dev.tidings.event.selector.TopicSelector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The open templates with the same literal beginning, in the order in which they were opened.
 *
 * <p><b>Threads.</b> One at a time changes it; any may match meanwhile, and sees each template that was there before
 * and still is.
 *
 * @param <T> those who have a template
 */
final class TemplateGroup<T> {

    /** What of an array is in use. */
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

    /** One of these has been closed. It leaves when half of them are. */
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

    boolean isEmpty() {
        return open == 0;
    }

    /**
     * Adds those that match one of these topics, of the ones with a number above the one and not above the other.
     *
     * <p>Template by template, since a template compared with one topic after the other stays in the processor's cache.
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
