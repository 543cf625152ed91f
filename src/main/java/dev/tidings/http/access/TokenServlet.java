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

/**
 * Says what the token of a request allows: {@code GET /token}. Pages of ours cannot read the cookie, and people want to
 * know why something is refused. The token itself is not in the answer.
 *
 * <p>The answer is a JSON object with {@code user} and {@code expires} (ISO-8601), both null where the token has none,
 * and the topic selectors {@code subscribe} and {@code publish}. Without a token it is the JSON {@code null} and no
 * error, since most visitors of a page are not logged in. A bad token is refused as everywhere: 401 and the reason.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class TokenServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        Grant grant = Authentication.of(request).grant();
        JsonAnswer.write(response, HttpServletResponse.SC_OK, grant == null ? null : allowed(grant));
    }

    private static Map<String, Object> allowed(Grant grant) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("user", grant.user());
        answer.put("expires", grant.expires() == null ? null : grant.expires().toString());
        answer.put("subscribe", texts(grant.subscribe()));
        answer.put("publish", texts(grant.publish()));
        return answer;
    }

    private static List<String> texts(SelectorSet selectors) {
        return selectors.selectors().stream().map(TopicSelector::text).toList();
    }
}
