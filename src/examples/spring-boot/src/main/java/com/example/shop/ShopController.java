package com.example.shop;

import java.security.Principal;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page asks for. Spring Security lets only users in who have logged in. */
@RestController
class ShopController {

    private final String hubUrl;
    private final HubTokens tokens;
    private final Hub hub;

    ShopController(@Value("${hub.url}") String hubUrl, HubTokens tokens, Hub hub) {
        this.hubUrl = hubUrl;
        this.tokens = tokens;
        this.hub = hub;
    }

    /** Where the hub is, a token for it, and what the page sends back with each POST. */
    @GetMapping("/hub-token")
    Map<String, String> token(Principal user, CsrfToken csrf) {
        return Map.of("hub", hubUrl, "token", tokens.of(user.getName()), "csrf", csrf.getToken());
    }

    /** Ships an order and tells the user. */
    @PostMapping("/orders/{number}/ship")
    Map<String, String> ship(@PathVariable long number, Principal user) throws InterruptedException {
        return Map.of("event", hub.publish(user.getName(), "shipped", Map.of("order", number)));
    }
}
