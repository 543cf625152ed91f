package com.example.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.UUID;

/** Gives each session a value that its page sends back with each POST. Pages of others cannot read it. */
public final class Csrf implements HttpSessionListener {

    private static final String NAME = "csrf";

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        event.getSession().setAttribute(NAME, UUID.randomUUID().toString());
    }

    /** What the page has to send back. */
    static String of(HttpServletRequest request) {
        return (String) request.getSession().getAttribute(NAME);
    }

    /** Whether the request has it. */
    static boolean isIn(HttpServletRequest request) {
        return of(request).equals(request.getHeader("X-CSRF-TOKEN"));
    }
}
