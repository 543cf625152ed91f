package dev.tidings.http.access;

import dev.tidings.auth.Grant;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Methods;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what the token of a request allows: {@code GET /token}. Pages of ours cannot read the cookie, and people want to
 * know why something is refused. The token itself is not in the answer.
 *
 * <p>The answer is a JSON object with {@code user} and {@code expires} (ISO-8601), both null where the token has none,
 * and the topic selectors {@code subscribe} and {@code publish}. A request without a token gets the same members, empty,
 * and a {@code detail} that says so. That is no error, since most visitors of a page are not logged in. A bad token is
 * refused as everywhere: 401 and the reason.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class TokenServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        Grant grant = Authentication.of(request).grant();
        JsonAnswer.write(response, HttpServletResponse.SC_OK, grant == null ? nothing() : allowed(grant));
    }

    private static Map<String, Object> allowed(Grant grant) {
        String expires = grant.expires() == null ? null : grant.expires().toString();
        return answer(grant.user(), expires, texts(grant.subscribe()), texts(grant.publish()));
    }

    private static Map<String, Object> nothing() {
        Map<String, Object> answer = answer(null, null, List.of(), List.of());
        answer.put("detail", Authentication.NO_TOKEN);
        return answer;
    }

    private static Map<String, Object> answer(
            @Nullable String user, @Nullable String expires, List<String> subscribe, List<String> publish) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("user", user);
        answer.put("expires", expires);
        answer.put("subscribe", subscribe);
        answer.put("publish", publish);
        return answer;
    }

    private static List<String> texts(SelectorSet selectors) {
        return selectors.selectors().stream().map(TopicSelector::text).toList();
    }
}
