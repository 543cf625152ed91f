package dev.tidings.ops;

import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Methods;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.Query;
import dev.tidings.hub.ActiveTopics;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.SelectorActivity;
import dev.tidings.hub.TopicActivity;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics that were published to lately, for operators, and how many streams ask for each: {@code GET /hub/topics}. With
 * {@code by=selector} it has the selectors of open streams. Reading needs a subscribe selector that matches the address and names
 * it.
 *
 * <p>Nothing is counted on an event's way. What an answer takes is spent when somebody asks, and bounded.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class TopicsServlet extends HttpServlet {

    public static final String PATH = "/hub/topics";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";

    private final transient ActiveTopics active;
    private final transient ClientRegistry clients;

    /**
     * @param active the topics of the hub
     * @param clients those of all nodes
     */
    public TopicsServlet(ActiveTopics active, ClientRegistry clients) {
        this.active = active;
        this.clients = clients;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        OperatorGrant.requireToRead(Authentication.of(request), List.of(PATH), WORD);
        TopicsQuery query = TopicsQuery.read(Query.of(request));
        ActiveTopics.Activity activity = active.now();
        Map<String, Object> json =
                query.bySelector() ? selectors(query, activity, response) : topics(query, activity, response);
        json.put("unread", activity.unread());
        JsonAnswer.write(response, HttpServletResponse.SC_OK, json);
    }

    private Map<String, Object> topics(
            TopicsQuery query, ActiveTopics.Activity activity, HttpServletResponse response) {
        List<TopicActivity> all = query.chosen(activity.topics());
        List<TopicActivity> page = query.page(all, TopicActivity::topic);
        Map<String, Integer> streams =
                clients.asking(page.stream().map(TopicActivity::topic).toList());
        var list = new ArrayList<Map<String, Object>>();
        for (TopicActivity topic : page.subList(0, streams.size())) {
            var json = new LinkedHashMap<String, Object>();
            json.put("topic", topic.topic());
            json.put("streams", streams.get(topic.topic()));
            describe(json, topic);
            list.add(json);
        }
        if (!list.isEmpty()) {
            query.lead(
                    response,
                    all.get(all.size() - 1).topic(),
                    page.get(list.size() - 1).topic());
        }
        return answer("topics", list, activity.topics().size(), all.size());
    }

    private Map<String, Object> selectors(
            TopicsQuery query, ActiveTopics.Activity activity, HttpServletResponse response) {
        Map<String, Integer> streams = clients.selectors(query.part());
        List<String> all = query.sorted(streams);
        var matched = new SelectorActivity(activity.topics());
        var list = new ArrayList<Map<String, Object>>();
        for (String selector : query.page(all, text -> text)) {
            if (!list.isEmpty() && matched.isLate()) {
                break;
            }
            var json = new LinkedHashMap<String, Object>();
            json.put("selector", selector);
            json.put("streams", streams.get(selector));
            SelectorActivity.Sum sum = matched.of(selector);
            json.put("topics", sum.topics());
            describe(json, sum.activity());
            list.add(json);
        }
        if (!list.isEmpty()) {
            query.lead(
                    response,
                    all.get(all.size() - 1),
                    String.valueOf(list.get(list.size() - 1).get("selector")));
        }
        return answer("selectors", list, activity.topics().size(), all.size());
    }

    private static Map<String, Object> answer(String name, List<Map<String, Object>> list, int active, int found) {
        var json = new LinkedHashMap<String, Object>();
        json.put(name, list);
        json.put("found", found);
        json.put("active", active);
        return json;
    }

    private static void describe(Map<String, Object> json, @Nullable TopicActivity activity) {
        json.put("stored", activity == null ? 0 : activity.stored());
        json.put("rate", activity == null ? 0 : Math.round(activity.rate() * 1000) / 1000.0);
        json.put("time", activity == null ? null : activity.time().toString());
        json.put("id", activity == null ? null : activity.id());
    }
}
