package dev.tidings.app;

import static dev.tidings.app.Checked.checked;

import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.DemoTokens;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.config.Settings;
import dev.tidings.event.OperatorTopics;
import dev.tidings.feed.AnswerFeed;
import dev.tidings.feed.CancelServlet;
import dev.tidings.feed.DemoFeeds;
import dev.tidings.feed.Feed;
import dev.tidings.feed.Feeds;
import dev.tidings.feed.HelloFeed;
import dev.tidings.http.Bodies;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.ErrorServlet;
import dev.tidings.http.access.AllowedOrigins;
import dev.tidings.http.access.AuthFilter;
import dev.tidings.http.access.CorsFilter;
import dev.tidings.http.access.LocalOnlyFilter;
import dev.tidings.http.access.LoginFilter;
import dev.tidings.http.access.LogoutServlet;
import dev.tidings.http.access.OwnPages;
import dev.tidings.http.access.TokenCookie;
import dev.tidings.http.access.TokenServlet;
import dev.tidings.http.clients.ClientEvents;
import dev.tidings.http.clients.ClientsServlet;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.http.publish.PublishServlet;
import dev.tidings.http.stream.EventStreamOpener;
import dev.tidings.http.stream.StreamServlet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.hub.HubLimits;
import dev.tidings.mercure.DiscoveryFilter;
import dev.tidings.mercure.MercureServlet;
import dev.tidings.mercure.SubscriptionEvents;
import dev.tidings.mercure.SubscriptionsServlet;
import dev.tidings.ops.HealthServlet;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.stream.StreamOpener;
import dev.tidings.stream.Streams;
import dev.tidings.web.AssetsServlet;
import dev.tidings.web.ErrorPage;
import dev.tidings.web.FeedPages;
import dev.tidings.web.PageServlet;
import dev.tidings.ws.ControlExecutor;
import dev.tidings.ws.WebSocketLimits;
import dev.tidings.ws.WebSocketServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hub, put together from its settings: the log, the hub, the streams, and the doors in front.
 *
 * <p>Everything gets plain values and its collaborators here; nothing inside looks for them.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class Tidings implements AutoCloseable {

    private static final String SUBSCRIPTIONS = MercureServlet.PATH + "/subscriptions/*";
    private static final int HEARTBEATS_IN_HISTORY = 3;

    /** How many publishers' bodies are waited for at once, and for how long. */
    private static final int POSTED = 2_000;

    private static final Duration POSTING = Duration.ofSeconds(30);

    /** The same for logins, of which nobody knows yet who sends them. */
    private static final int LOGINS = 1_000;

    private static final Duration LOGIN = Duration.ofSeconds(10);

    /** The part of the heap that bodies under way may take is one of so many. */
    private static final int HEAP_SHARES = 8;

    private final Settings settings;
    private final Clock clock = Clock.systemUTC();
    private final BoundedWait logWait;
    private final EventLog log;
    private final Hub hub;
    private final Streams streams;
    private final ControlExecutor controls = new ControlExecutor();
    private final @Nullable TokenVerifier verifier;
    private final TrustedProxies proxies;
    private final TokenCookie cookie;
    private final AllowedOrigins readers;
    private final OwnPages ownPages;
    private final @Nullable DemoTokens demo;
    private final AnswerFeed answers = new AnswerFeed();
    private final Feeds feeds;

    /** @throws IllegalArgumentException with a sentence for the operator, when the settings do not fit together */
    Tidings(Settings settings) {
        this.settings = settings;
        String demoSecret = settings.demo() ? randomSecret() : null;
        demo = demoSecret == null ? null : DemoTokens.signedWith(demoSecret);
        verifier = verifier(demoSecret);
        proxies = checked("tidings.proxies", () -> TrustedProxies.of(settings.proxies()));
        cookie = cookie();
        readers = checked(
                "tidings.cors.origins",
                () -> new AllowedOrigins(settings.origins().cors()));
        ownPages = new OwnPages(proxies, publishers());
        logWait = new BoundedWait(settings.logTimeout());
        log = LogBuilder.open(settings, logWait, clock);
        var limits = new HubLimits(
                settings.outbox().events(),
                settings.outbox().bytes(),
                settings.limit().templates());
        hub = new Hub(log, limits, settings.node(), clock);
        hub.addListener(new ClientEvents(hub));
        hub.addListener(new SubscriptionEvents(hub));
        feeds = new Feeds(settings.demo() ? DemoFeeds.of(hub, ZoneId.systemDefault(), answers) : List.of(), hub, clock);
        streams = new Streams(Runtime.getRuntime().availableProcessors(), heartbeat(), clock, System::nanoTime);
    }

    /** Puts the filters and servlets into the context, in the order in which a request meets them. */
    void register(ServletContext context) {
        new ErrorPage(settings.demo()).serve(context);
        var opener = new StreamOpener(hub, streams, heartbeat(), clock);
        var eventStreams = new EventStreamOpener(hub, opener, streams, settings.retry(), proxies, clock);
        var publishing = new PublishService(hub, guard(), System::nanoTime, logWait);
        int maxData = settings.limit().eventSize();
        var posted = new Bodies(POSTED, Runtime.getRuntime().maxMemory() / HEAP_SHARES, POSTING);
        var forms = new Bodies(LOGINS, Runtime.getRuntime().maxMemory() / HEAP_SHARES, LOGIN);
        boolean key = settings.isConfigured();
        boolean demoMode = settings.demo();

        var routes = new Routes(context);
        routes.before(new ErrorFilter(), "errors", DispatcherType.REQUEST);
        routes.before(new CorsFilter(readers), "cors", DispatcherType.REQUEST, DispatcherType.ERROR);
        if (demoMode && !settings.demoIsPublic()) {
            routes.before(new LocalOnlyFilter(), "local-only", DispatcherType.REQUEST);
        }
        Access token = routes.behind("auth", auth(false));
        Access tokenOrNone = routes.behind("token-auth", auth(true));
        Access stream = routes.behind("stream-auth", auth(settings.anonymous() || demoMode));
        Access login = routes.behind("login-form", new LoginFilter(verifier, cookie, ownPages, forms, proxies));
        Access discovery = routes.behind("discovery", new DiscoveryFilter(proxies));
        Access anyone = routes.open();

        stream.to("streams", new StreamServlet(eventStreams), "/events");
        stream.to("websockets", webSockets(opener, publishing), "/ws");
        stream.to("mercure", new MercureServlet(eventStreams, publishing, posted, maxData), MercureServlet.PATH);
        token.to("subscriptions", new SubscriptionsServlet(hub), SUBSCRIPTIONS);
        token.to("publish", new PublishServlet(publishing, posted, maxData), "/msg");
        token.to("clients", new ClientsServlet(hub.clients()), "/clients/*");
        tokenOrNone.to("token", new TokenServlet(), "/token");
        login.to("login", PageServlet.login(demo, proxies), "/login");
        anyone.to("logout", new LogoutServlet(cookie, ownPages), "/logout");
        anyone.to("health", new HealthServlet(HealthChecks.of(hub, streams, feeds, this::keyFault)), "/health/*");
        discovery.to("home", PageServlet.home(key, demoMode, proxies), "");
        anyone.to("console", PageServlet.console(demoMode, proxies), "/console");
        anyone.to("feeds", new FeedPages(demoMode, proxies), "/feeds", "/feeds/*");
        if (demoMode) {
            anyone.to("say", new HelloFeed(hub), "/say");
            anyone.to("cancel", new CancelServlet(answers), "/feeds/answer/cancel");
        }
        anyone.to("assets", new AssetsServlet(), "/assets/*");
        anyone.to("nothing", new ErrorServlet(), "/", ErrorServlet.PATH, "*.jsp", "*.jspx");
    }

    private WebSocketServlet webSockets(StreamOpener opener, PublishService publishing) {
        var limits = new WebSocketLimits(
                heartbeat(),
                settings.frameSize(),
                settings.limit().eventSize(),
                settings.outbox().events(),
                settings.outbox().bytes());
        return new WebSocketServlet(
                opener, streams, controls, limits, publishing, verifier, proxies, settings.node(), clock);
    }

    /** Ends all streams, since the server stops, and waits a few seconds at most until WebSockets have been told so. */
    void endStreams() {
        hub.endAll(DisconnectReason.DRAINED);
        controls.close();
    }

    /** Ends all streams and stops every thread. */
    @Override
    public void close() {
        try (controls;
                streams;
                log;
                feeds) {
            hub.endAll(DisconnectReason.DRAINED);
        }
    }

    private AuthFilter auth(boolean anonymous) {
        return new AuthFilter(verifier, anonymous, cookie, ownPages);
    }

    private @Nullable TokenVerifier verifier(@Nullable String demoSecret) {
        Settings.Jwt jwt = settings.jwt();
        var rules = new TokenRules(jwt.issuer(), jwt.audience(), jwt.userClaim(), defaultGrant());
        if (demoSecret != null) {
            return new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(demoSecret), rules, clock);
        }
        var algorithm = SigningAlgorithm.valueOf(jwt.algorithm());
        if (jwt.key() != null) {
            String key = jwt.key();
            return checked("tidings.jwt.key", () -> new TokenVerifier(algorithm, KeySources.of(key), rules, clock));
        }
        if (jwt.jwksUrl() != null) {
            String url = jwt.jwksUrl();
            return checked(
                    "tidings.jwt.jwks-url",
                    () -> new TokenVerifier(algorithm, KeySources.ofSet(url, System::nanoTime), rules, clock));
        }
        return null;
    }

    private @Nullable String keyFault() {
        return verifier == null ? "no key is configured to verify tokens with: set tidings.jwt.key" : verifier.fault();
    }

    private TokenCookie cookie() {
        Settings.Cookie wanted = settings.cookie();
        return checked(
                "tidings.cookie-name",
                () -> new TokenCookie(wanted.name(), wanted.sameSite(), wanted.secure(), proxies, clock));
    }

    private AllowedOrigins publishers() {
        List<String> origins = settings.origins().publish();
        return checked("tidings.publish.origins", () -> AllowedOrigins.publishing(origins, readers));
    }

    private DefaultGrant defaultGrant() {
        Settings.Defaults defaults = settings.defaults();
        List<String> subscribe = defaults.subscribe();
        checked("tidings.default.subscribe", () -> new DefaultGrant(subscribe, List.of()));
        return checked("tidings.default.publish", () -> new DefaultGrant(subscribe, defaults.publish()));
    }

    /** Short enough that no idle stream's last position grows older than history. */
    private Duration heartbeat() {
        Duration age = settings.history().age().dividedBy(HEARTBEATS_IN_HISTORY);
        return age.compareTo(settings.heartbeat()) < 0 ? age : settings.heartbeat();
    }

    private PublishGuard guard() {
        var reserved = new ArrayList<>(OperatorTopics.WORDS);
        if (settings.demo()) {
            reserved.add(Feed.PREFIX);
        }
        return new PublishGuard(reserved);
    }

    static String randomSecret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
