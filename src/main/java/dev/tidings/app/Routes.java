package dev.tidings.app;

import dev.tidings.auth.DemoTokens;
import dev.tidings.config.Settings;
import dev.tidings.http.Bodies;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.ErrorServlet;
import dev.tidings.http.RefusalLog;
import dev.tidings.http.access.LocalOnlyFilter;
import dev.tidings.http.access.TicketServlet;
import dev.tidings.http.access.TokenServlet;
import dev.tidings.http.clients.ClientsServlet;
import dev.tidings.http.clients.ExplainServlet;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.http.publish.PublishServlet;
import dev.tidings.http.stream.AnswerOpener;
import dev.tidings.http.stream.EventStreamOpener;
import dev.tidings.http.stream.StreamServlet;
import dev.tidings.mercure.DiscoveryFilter;
import dev.tidings.mercure.MercureServlet;
import dev.tidings.mercure.SubscriptionsServlet;
import dev.tidings.ops.DrainServlet;
import dev.tidings.ops.EventsServlet;
import dev.tidings.ops.HealthServlet;
import dev.tidings.ops.MetricsServlet;
import dev.tidings.ops.NodesServlet;
import dev.tidings.ops.RevocationsServlet;
import dev.tidings.ops.TopicsServlet;
import dev.tidings.web.AssetsServlet;
import dev.tidings.web.ErrorPage;
import dev.tidings.web.FeedPages;
import dev.tidings.web.ModuleServlet;
import dev.tidings.web.OpenApiServlet;
import dev.tidings.web.PageServlet;
import dev.tidings.ws.WebSocketServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * Every address of the hub: who may reach it, its name, the servlet that answers, the paths. A new address is one line
 * in {@link #servlets}.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class Routes {

    private final Tidings tidings;
    private final Settings settings;
    private final Security security;
    private final TrustedProxies proxies;

    Routes(Tidings tidings) {
        this.tidings = tidings;
        settings = tidings.settings;
        security = tidings.security;
        proxies = security.proxies();
    }

    /** Puts the filters and servlets into the context, in the order in which a request meets them. */
    void register(ServletContext context) {
        new ErrorPage(settings.demo()).serve(context);
        tidings.errors.count(context);
        new RefusalLog(proxies, System::nanoTime).write(context);
        var registrar = new ServletRegistrar(context);
        filters(registrar);
        servlets(registrar);
    }

    /** The filters that every request meets. */
    private void filters(ServletRegistrar registrar) {
        registrar.before(new ErrorFilter(), "errors", DispatcherType.REQUEST);
        registrar.before(StartChecks.ofRequests(settings), "checks", DispatcherType.REQUEST);
        registrar.before(security.cors(), "cors", DispatcherType.REQUEST, DispatcherType.ERROR);
        if (settings.demo() && !settings.demoIsPublic()) {
            registrar.before(new LocalOnlyFilter(), "local-only", DispatcherType.REQUEST);
        }
    }

    private void servlets(ServletRegistrar registrar) {
        boolean demo = settings.demo();
        Bodies posted = tidings.limits.posted();
        int maxData = tidings.limits.dataBytes();
        var streams = new EventStreamOpener(
                tidings.hub, tidings.opener, tidings.streams, settings.retry(), proxies, tidings::life, tidings.clock);
        var answers = new AnswerOpener(
                tidings.hub, tidings.streams, tidings.heartbeat, proxies, tidings::life, tidings.clock);

        Access token = registrar.behind("auth", security.auth(false));
        Access tokenOrNone = registrar.behind("token-auth", security.auth(true));
        Access stream = registrar.behind("stream-auth", security.streams(settings.anonymous(), tidings.tickets));
        Access login = registrar.behind("login-form", security.login(tidings.limits.logins()));
        Access discovery = registrar.behind("discovery", new DiscoveryFilter(proxies));
        Access anyone = registrar.open();

        stream.to("streams", new StreamServlet(streams, answers), "/events");
        stream.to("websockets", webSockets(), "/ws");
        stream.to("mercure", new MercureServlet(streams, tidings.publishing, posted, maxData), MercureServlet.PATH);
        token.to(
                "subscriptions",
                new SubscriptionsServlet(tidings.hub, tidings.clients),
                MercureServlet.PATH + "/subscriptions/*");
        token.to("publish", new PublishServlet(tidings.publishing, posted, maxData), "/msg");
        token.to("clients", new ClientsServlet(tidings.clients), "/clients/*");
        token.to(
                "explain",
                new ExplainServlet(
                        tidings.hub,
                        tidings.clients,
                        Security.rules(settings).defaultGrant()::subscribe,
                        tidings.revocations),
                ExplainServlet.PATH);
        token.to("drain", new DrainServlet(tidings.nodes, settings.node()), DrainServlet.PATH);
        token.to("erase", new EventsServlet(tidings.hub, tidings.nodes), EventsServlet.PATH);
        token.to("nodes", new NodesServlet(tidings.nodes), NodesServlet.PATH + "/*");
        token.to("topics", new TopicsServlet(tidings.hub.topics(), tidings.clients), TopicsServlet.PATH);
        token.to(
                "revocations",
                new RevocationsServlet(tidings.revocations, tidings.revocationStore, posted, tidings.clock),
                RevocationsServlet.PATH + "/*");
        token.to("tickets", new TicketServlet(tidings.tickets, posted), TicketServlet.PATH);
        tokenOrNone.to("token", new TokenServlet(), "/token");
        login.to("login", PageServlet.login(demoTokens(), proxies), "/login");
        anyone.to("logout", security.logout(), "/logout");
        anyone.to("health", new HealthServlet(tidings.health), "/health/*");
        if (settings.hasMetrics()) {
            boolean open = settings.areMetricsOpen();
            (open ? anyone : token).to("metrics", new MetricsServlet(tidings.metrics, open), MetricsServlet.PATH);
        }
        discovery.to("home", PageServlet.home(settings.isConfigured(), demoTokens(), proxies), "");
        anyone.to("console", PageServlet.console(demo, proxies), "/console");
        anyone.to(
                "console-page",
                PageServlet.consolePage(demo, proxies),
                "/console/events",
                "/console/topics",
                "/console/clients",
                "/console/publish",
                "/console/tokens");
        anyone.to("feeds", new FeedPages(demo, proxies), "/feeds", "/feeds/*");
        if (tidings.demo != null) {
            anyone.to("say", tidings.demo.hello(tidings.publishing), "/say");
            anyone.to("cancel", tidings.demo.cancel(), "/feeds/answer/cancel");
        }
        anyone.to("assets", new AssetsServlet(), "/assets/*");
        anyone.to("module", new ModuleServlet(), ModuleServlet.PATH, ModuleServlet.TYPES_PATH);
        anyone.to("openapi", new OpenApiServlet(), OpenApiServlet.PATH);
        anyone.to("nothing", new ErrorServlet(), "/", ErrorServlet.PATH, "*.jsp", "*.jspx");
    }

    private WebSocketServlet webSockets() {
        return new WebSocketServlet(
                tidings.opener,
                tidings.streams,
                tidings.controls,
                tidings.limits.webSocket(tidings.heartbeat),
                tidings.publishing,
                security.verifier(),
                proxies,
                settings.node(),
                tidings::life,
                tidings.clock);
    }

    private @Nullable DemoTokens demoTokens() {
        return tidings.demo == null ? null : tidings.demo.tokens();
    }
}
