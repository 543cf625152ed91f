package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMessageTest {

    /** The third begins as UTF-32 does, and is none. Found by {@link RegistryMessagesFuzzTest}. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "\u00ff", "\0\0\0{\"a\":1}"})
    void bytesThatAreNoJsonAreNoMessage(String bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeMessage.read(bytes.getBytes(ISO_8859_1)))
                .withMessage("what another node says is no JSON");
    }
}
