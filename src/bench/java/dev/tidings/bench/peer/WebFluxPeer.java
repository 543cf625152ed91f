package dev.tidings.bench.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Spring WebFlux on Reactor Netty: a channel is a sink, each stream a flux of it with a buffer without bounds.
 *
 * <p><b>Threads.</b> Netty's; one publishes in a channel at a time.
 */
final class WebFluxPeer {

    private final Map<String, Sinks.Many<ServerSentEvent<String>>> channels = new ConcurrentHashMap<>();

    private WebFluxPeer() {}

    public static void main(String... arguments) {
        RouterFunction<ServerResponse> routes = new WebFluxPeer().routes();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
        System.out.println("listening on " + server.port());
        server.onDispose().block();
    }

    private RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/sse/{channel}", this::open)
                .POST("/pub/{channel}", this::publish)
                .build();
    }

    private Mono<ServerResponse> open(ServerRequest request) {
        Flux<ServerSentEvent<String>> live = sink(request).asFlux().onBackpressureBuffer();
        // So that the head of the response goes out.
        var first = ServerSentEvent.<String>builder().comment("open").build();
        return ServerResponse.ok().body(BodyInserters.fromServerSentEvents(Flux.merge(live, Flux.just(first))));
    }

    private Mono<ServerResponse> publish(ServerRequest request) {
        Sinks.Many<ServerSentEvent<String>> sink = sink(request);
        return request.bodyToMono(String.class).flatMap(data -> {
            synchronized (sink) {
                sink.tryEmitNext(ServerSentEvent.builder(data).build());
            }
            return ServerResponse.ok().build();
        });
    }

    private Sinks.Many<ServerSentEvent<String>> sink(ServerRequest request) {
        return channels.computeIfAbsent(
                request.pathVariable("channel"),
                name -> Sinks.many().multicast().directBestEffort());
    }
}
