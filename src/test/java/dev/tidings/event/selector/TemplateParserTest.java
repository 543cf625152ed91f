package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are templates: the grammar of RFC 6570, section 2. */
class TemplateParserTest {

    static Stream<String> invalid() {
        return Stream.of("""
                { } {} {a a} {a}} {{a}} {a}{ a}b{c} {+} {a,} {,a} {a,,b} {a.} {..a} {a..b} {a-b} {é} {a%4} {a%zz}
                {a:} {a:0} {a:01} {a:10000} {a:x} {a:-1} {a:٣} {a:3*} {a*:3} {a**} {a:3:3} {a {a: {a:1 {a:0
                {=a} {!a} {@a} {|a} {$a} {++a} {a+} %{a} %2{a} %zz{a} "{a} <{a} >{a} \\{a} ^{a} `{a} |{a} }{a}
                """.split("\\s+", -1));
    }

    static Stream<String> valid() {
        return Stream.of("""
                {a} {_} {1} {a.b.c} {.a.b} {a%41} {%C3%A9} {a:1} {a:9999} {a*} {+a} {#a} {.a} {/a} {;a} {?a} {&a}
                {a,b:3,c*} {a}{b} '{a}' é{a} %20{a} %00{a} {%00} !#$&()*+,-./:;=?@[]_~{a}""".split("\\s+", -1));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void textIsNoTemplate(String text) {
        assertThat(TemplateParser.parse(text)).isNull();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void textIsATemplate(String text) {
        assertThat(TemplateParser.parse(text)).isNotNull();
    }

    @Test
    void textWithoutVariablesIsNoTemplate() {
        assertThat(TemplateParser.parse("/plain")).isNull();
    }

    @Test
    void spaceIsNoLiteral() {
        assertThat(TemplateParser.parse("/a b/{c}")).isNull();
    }

    @Test
    void spaceIsPartOfNoVariable() {
        assertThat(TemplateParser.parse("{a, b}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 0x1F, 0x7F, 0x85, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFF0, 0xFFFD, 0xFFFF, 0x1FFFE,
                0xE0001, 0x10FFFF
            })
    void characterIsNoLiteral(int character) {
        assertThat(TemplateParser.parse(Character.toString(character) + "{a}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA0, 0x4E2D, 0xD7FF, 0xE000, 0xFDCF, 0xFDF0, 0xFFEF, 0x1F600, 0xE1000, 0xF0000, 0x10FFFD})
    void characterIsALiteral(int character) {
        assertThat(TemplateParser.parse(Character.toString(character) + "{a}")).isNotNull();
    }
}
