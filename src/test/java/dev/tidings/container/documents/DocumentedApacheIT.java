package dev.tidings.container.documents;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ProxyKind;
import java.net.http.HttpClient;

/** The file for Apache httpd in the documents does what they say. */
class DocumentedApacheIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "Apache httpd");

    DocumentedApacheIT(Container hub) {
        super(ProxyKind.APACHE, FILE, FILE.with("timeout=60", "timeout=2"), false, HttpClient.Version.HTTP_1_1, hub);
    }
}
