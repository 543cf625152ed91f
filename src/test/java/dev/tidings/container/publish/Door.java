package dev.tidings.container.publish;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Publisher;
import java.util.HashMap;
import java.util.Map;

/** The ways in which one event can be published, each with the same fields. */
enum Door {
    FORM {
        @Override
        Answer publish(Publisher publisher, Map<String, String> fields) {
            return publisher.post(Publisher.FORM, query(fields));
        }
    },
    JSON {
        @Override
        Answer publish(Publisher publisher, Map<String, String> fields) {
            return publisher.post(Publisher.JSON, json(fields));
        }
    },
    /** Between two events that are good. */
    NDJSON {
        @Override
        Answer publish(Publisher publisher, Map<String, String> fields) {
            String good = "{\"topic\":\"/good\",\"msg\":\"x\"}\n";
            return publisher.post(Publisher.NDJSON, good + json(fields) + "\n" + good);
        }
    },
    /** The data is the body, the rest stands in the query. */
    TEXT {
        @Override
        Answer publish(Publisher publisher, Map<String, String> fields) {
            var rest = new HashMap<>(fields);
            String data = rest.remove("msg");
            return publisher.post("?" + query(rest), Publisher.TEXT, data == null ? "" : data);
        }
    },
    GET {
        @Override
        Answer publish(Publisher publisher, Map<String, String> fields) {
            return publisher.ask("GET", "?" + query(fields));
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    abstract Answer publish(Publisher publisher, Map<String, String> fields);

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + Publisher.encode(field.getValue()))
                .collect(joining("&"));
    }

    private static String json(Map<String, String> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
