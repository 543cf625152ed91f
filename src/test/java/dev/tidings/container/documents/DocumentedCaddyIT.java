package dev.tidings.container.documents;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ProxyKind;
import java.net.http.HttpClient;

/** The file for Caddy in the documents does what they say. */
class DocumentedCaddyIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "Caddy");

    DocumentedCaddyIT(Container hub) {
        super(ProxyKind.CADDY, FILE, FILE, true, HttpClient.Version.HTTP_2, hub);
    }
}
