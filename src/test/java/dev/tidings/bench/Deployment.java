package dev.tidings.bench;

import java.net.URI;
import java.util.Optional;

/** A hub that runs already, as the options say. */
final class Deployment {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Deployment() {}

    /**
     * The deployment to measure; empty when none is named.
     *
     * @throws IllegalArgumentException when one is, and not how to speak to it
     */
    static Optional<Target> from(Options options) {
        String url = options.text("url", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String token = options.text("token", "");
        String key = options.text("key", "");
        if (token.isEmpty() == key.isEmpty()) {
            throw new IllegalArgumentException("url needs either token, a token that may publish and"
                    + " subscribe to /bench/{channel}, or key, the secret to make such tokens with");
        }
        String topics = options.text("topics", HubTarget.TOPICS);
        Optional<ProcessHandle> process = Optional.of(options.text("pid", ""))
                .filter(pid -> !pid.isEmpty())
                .map(Deployment::process);
        return Optional.of(new HubTarget(
                "hub",
                withPort(URI.create(url)),
                process,
                token.isEmpty() ? Access.minting(key, topics) : Access.with(token),
                topics,
                Optional.empty(),
                () -> {}));
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new IllegalArgumentException("pid is " + pid + ", which is no process here"));
    }

    private static URI withPort(URI url) {
        boolean secure = "https".equals(url.getScheme());
        if (url.getHost() == null || !(secure || "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException("url is '" + url + "', not of the form http://host:port/path");
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
        String path = url.getRawPath().replaceFirst("/+$", "");
        return URI.create(url.getScheme() + "://" + url.getHost() + ":" + port + path);
    }
}
