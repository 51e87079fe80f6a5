package dev.upnext.client;

import dev.upnext.v1.Activity;
import java.util.List;

/** What became different in a live queue: activities, or only whether it is live. */
public record Change(LiveQueue queue, List<Activity> added, List<Activity> changed, List<Activity> removed, boolean live) {}
