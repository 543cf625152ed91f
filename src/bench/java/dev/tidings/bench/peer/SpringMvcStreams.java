package dev.tidings.bench.peer;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams with {@link SseEmitter}: who publishes sends to one emitter after the other, and waits for each.
 *
 * <p><b>Threads.</b> Any; one publishes in a channel at a time.
 */
@RestController
@EnableWebMvc
class SpringMvcStreams {

    private static final long FOR_EVER = 0;

    private final Map<String, Set<SseEmitter>> channels = new ConcurrentHashMap<>();

    @GetMapping("/sse/{channel}")
    SseEmitter open(@PathVariable("channel") String channel) throws IOException {
        var emitter = new SseEmitter(FOR_EVER);
        Set<SseEmitter> emitters = emitters(channel);
        emitter.onCompletion(() -> emitters.remove(emitter));
        emitter.onError(failure -> emitters.remove(emitter));
        // So that the head of the response goes out.
        emitter.send(SseEmitter.event().comment("open"));
        emitters.add(emitter);
        return emitter;
    }

    @PostMapping("/pub/{channel}")
    void publish(@PathVariable("channel") String channel, @RequestBody String data) {
        Set<SseEmitter> emitters = emitters(channel);
        synchronized (emitters) {
            for (SseEmitter emitter : emitters) {
                try {
                    emitter.send(SseEmitter.event().data(data));
                } catch (IOException | IllegalStateException gone) {
                    emitters.remove(emitter);
                }
            }
        }
    }

    private Set<SseEmitter> emitters(String channel) {
        return channels.computeIfAbsent(channel, name -> ConcurrentHashMap.newKeySet());
    }
}
