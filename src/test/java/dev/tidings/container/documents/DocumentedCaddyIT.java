package dev.tidings.container.documents;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ProxyKind;

/** The file for Caddy in the documents does what they say. */
class DocumentedCaddyIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "Caddy");

    DocumentedCaddyIT(Container hub) {
        super(ProxyKind.CADDY, FILE, FILE, true, 20, hub);
    }
}
