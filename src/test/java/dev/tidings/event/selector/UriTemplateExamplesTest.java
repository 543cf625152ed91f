package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples with string values from RFC 6570 itself: sections 1.2, 2.4.1 and 3.2. */
class UriTemplateExamplesTest {

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("var", "value"),
            Map.entry("hello", "Hello World!"),
            Map.entry("half", "50%"),
            Map.entry("who", "fred"),
            Map.entry("base", "http://example.com/home/"),
            Map.entry("path", "/foo/bar"),
            Map.entry("v", "6"),
            Map.entry("x", "1024"),
            Map.entry("y", "768"),
            Map.entry("empty", ""),
            Map.entry("dub", "me/too"),
            Map.entry("dom", "example.com"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', emptyValue = "", textBlock = """
            {var} | value
            {hello} | Hello%20World%21
            {half} | 50%25
            O{empty}X | OX
            O{undef}X | OX
            {x,y} | 1024,768
            {x,hello,y} | 1024,Hello%20World%21,768
            ?{x,empty} | ?1024,
            ?{x,undef} | ?1024
            ?{undef,y} | ?768
            {var:3} | val
            {var:30} | value
            {+var} | value
            {+hello} | Hello%20World!
            {+half} | 50%25
            {base}index | http%3A%2F%2Fexample.com%2Fhome%2Findex
            {+base}index | http://example.com/home/index
            O{+empty}X | OX
            O{+undef}X | OX
            {+path}/here | /foo/bar/here
            here?ref={+path} | here?ref=/foo/bar
            up{+path}{var}/here | up/foo/barvalue/here
            {+x,hello,y} | 1024,Hello%20World!,768
            {+path,x}/here | /foo/bar,1024/here
            {+path:6}/here | /foo/b/here
            {#var} | #value
            {#hello} | #Hello%20World!
            {#half} | #50%25
            foo{#empty} | foo#
            foo{#undef} | foo
            {#x,hello,y} | #1024,Hello%20World!,768
            {#path,x}/here | #/foo/bar,1024/here
            {#path:6}/here | #/foo/b/here
            {.who} | .fred
            {.who,who} | .fred.fred
            {.half,who} | .50%25.fred
            X{.var} | X.value
            X{.empty} | X.
            X{.undef} | X
            X{.var:3} | X.val
            {/who} | /fred
            {/who,who} | /fred/fred
            {/half,who} | /50%25/fred
            {/who,dub} | /fred/me%2Ftoo
            {/var} | /value
            {/var,empty} | /value/
            {/var,undef} | /value
            {/var,x}/here | /value/1024/here
            {/var:1,var} | /v/value
            {;who} | ;who=fred
            {;half} | ;half=50%25
            {;empty} | ;empty
            {;v,empty,who} | ;v=6;empty;who=fred
            {;v,bar,who} | ;v=6;who=fred
            {;x,y} | ;x=1024;y=768
            {;x,y,empty} | ;x=1024;y=768;empty
            {;x,y,undef} | ;x=1024;y=768
            {;hello:5} | ;hello=Hello
            {?who} | ?who=fred
            {?half} | ?half=50%25
            {?x,y} | ?x=1024&y=768
            {?x,y,empty} | ?x=1024&y=768&empty=
            {?x,y,undef} | ?x=1024&y=768
            {?var:3} | ?var=val
            {&who} | &who=fred
            {&half} | &half=50%25
            ?fixed=yes{&x} | ?fixed=yes&x=1024
            {&x,y,empty} | &x=1024&y=768&empty=
            {&x,y,undef} | &x=1024&y=768
            {&var:3} | &var=val
            '{var}' | 'value'
            http://example.com/~{who}{?dom*} | http://example.com/~fred?dom=example.com
            """)
    void exampleMatches(String template, String expansion) {
        assertThat(Rfc6570Expander.expand(template, VALUES))
                .as("what the oracle says")
                .isEqualTo(expansion);
        assertThat(TemplateParser.parse(template).matches(expansion)).isTrue();
    }

    @Test
    void undefinedVariableLeavesNothing() {
        assertThat(TemplateParser.parse("{undef}").matches("")).isTrue();
    }
}
