package dev.tidings.container.protocol;

import dev.tidings.testing.Container;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** How a client speaks with a hub that speaks TLS and HTTP/2. */
enum Protocol {

    /** HTTP/1.1 over TLS. */
    TLS,

    /** HTTP/2 over TLS, as browsers have it. */
    HTTP_2,

    /** HTTP/2 without TLS, as proxies have it towards the hub. */
    H2C;

    /** Where the hub speaks it. */
    URI uri(Container hub) {
        return this == H2C ? hub.uri() : hub.secureUri();
    }

    /** A connection of HTTP/2. */
    Http2Connection connect(Container hub) {
        return Http2Connection.to(uri(hub));
    }

    /** Opens a stream at this target below the context path, on a connection of its own, and takes its opening. */
    StreamRecorder open(Container hub, String target, Tokens token, String lastEventId) {
        if (this == TLS) {
            StreamRequest request = StreamRequest.to(hub.secureUri(), target)
                    .over(KeyStoreFile.contextOfTheBuild())
                    .with(token);
            return opened((lastEventId.isEmpty() ? request : request.after(lastEventId)).open());
        }
        var headers = new TreeMap<String, String>(Map.of("Authorization", token.bearer()));
        if (!lastEventId.isEmpty()) {
            headers.put("Last-Event-ID", lastEventId);
        }
        return opened(connect(hub).openAlone(target, headers));
    }

    /** The stream, its opening taken. */
    static StreamRecorder opened(StreamRecorder stream) {
        if (stream.status() != 200 || stream.nextBlock().id().isEmpty()) {
            stream.close();
            throw new AssertionError("It has no opening: " + stream);
        }
        return stream;
    }
}
