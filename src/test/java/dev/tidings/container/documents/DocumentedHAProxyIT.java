package dev.tidings.container.documents;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ProxyKind;
import java.net.http.HttpClient;

/** The file for HAProxy in the documents does what they say. */
class DocumentedHAProxyIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "HAProxy");

    DocumentedHAProxyIT(Container hub) {
        super(ProxyKind.HAPROXY, FILE, FILE.with(" 60s", " 2s"), true, HttpClient.Version.HTTP_2, hub);
    }
}
