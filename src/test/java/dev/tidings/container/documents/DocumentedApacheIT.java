package dev.tidings.container.documents;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ProxyKind;

/** The file for Apache httpd in the documents does what they say. */
class DocumentedApacheIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "Apache httpd");

    DocumentedApacheIT(Container hub) {
        super(ProxyKind.APACHE, FILE.with("timeout=60", "timeout=1"), false, 6, hub);
    }
}
