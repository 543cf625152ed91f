package com.example.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Tells the page where the hub is, a token for it, and what to send back with each POST. */
final class TokenServlet extends HttpServlet {

    private final URI hubUrl;
    private final HubTokens tokens;

    TokenServlet(URI hubUrl, HubTokens tokens) {
        this.hubUrl = hubUrl;
        this.tokens = tokens;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        // None of the three can have a character that JSON writes in another way.
        response.getWriter().write("""
                {"hub":"%s","token":"%s","csrf":"%s"}
                """.formatted(hubUrl, tokens.of(request.getRemoteUser()), Csrf.of(request)));
    }
}
