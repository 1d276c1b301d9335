// The server's web pages, built in: a server is one file, and no page can be missing or changed beside it.
#include "include/CPages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char admin_html[] = {
#embed "pages/admin.html"
};
static const unsigned char docs_html[] = {
#embed "pages/docs.html"
};
static const unsigned char door_html[] = {
#embed "pages/door.html"
};
static const unsigned char index_html[] = {
#embed "pages/index.html"
};
static const unsigned char login_html[] = {
#embed "pages/login.html"
};
static const unsigned char admin_add_js[] = {
#embed "pages/admin-add.js"
};
static const unsigned char admin_booth_js[] = {
#embed "pages/admin-booth.js"
};
static const unsigned char admin_events_js[] = {
#embed "pages/admin-events.js"
};
static const unsigned char admin_keys_js[] = {
#embed "pages/admin-keys.js"
};
static const unsigned char admin_people_js[] = {
#embed "pages/admin-people.js"
};
static const unsigned char admin_person_js[] = {
#embed "pages/admin-person.js"
};
static const unsigned char admin_photos_css[] = {
#embed "pages/admin-photos.css"
};
static const unsigned char admin_threshold_js[] = {
#embed "pages/admin-threshold.js"
};
static const unsigned char admin_tray_js[] = {
#embed "pages/admin-tray.js"
};
static const unsigned char admin_css[] = {
#embed "pages/admin.css"
};
static const unsigned char admin_js[] = {
#embed "pages/admin.js"
};
static const unsigned char api_js[] = {
#embed "pages/api.js"
};
static const unsigned char camera_js[] = {
#embed "pages/camera.js"
};
static const unsigned char docs_curl_js[] = {
#embed "pages/docs-curl.js"
};
static const unsigned char docs_css[] = {
#embed "pages/docs.css"
};
static const unsigned char docs_js[] = {
#embed "pages/docs.js"
};
static const unsigned char dom_js[] = {
#embed "pages/dom.js"
};
static const unsigned char door_camera_js[] = {
#embed "pages/door-camera.js"
};
static const unsigned char door_card_js[] = {
#embed "pages/door-card.js"
};
static const unsigned char door_challenge_js[] = {
#embed "pages/door-challenge.js"
};
static const unsigned char door_reader_js[] = {
#embed "pages/door-reader.js"
};
static const unsigned char door_server_js[] = {
#embed "pages/door-server.js"
};
static const unsigned char door_stage_css[] = {
#embed "pages/door-stage.css"
};
static const unsigned char door_view_js[] = {
#embed "pages/door-view.js"
};
static const unsigned char door_walk_up_js[] = {
#embed "pages/door-walk-up.js"
};
static const unsigned char door_css[] = {
#embed "pages/door.css"
};
static const unsigned char door_js[] = {
#embed "pages/door.js"
};
static const unsigned char event_kinds_js[] = {
#embed "pages/event-kinds.js"
};
static const unsigned char face_js[] = {
#embed "pages/face.js"
};
static const unsigned char icon_svg[] = {
#embed "pages/icon.svg"
};
static const unsigned char icons_js[] = {
#embed "pages/icons.js"
};
static const unsigned char index_css[] = {
#embed "pages/index.css"
};
static const unsigned char login_js[] = {
#embed "pages/login.js"
};
static const unsigned char next_page_js[] = {
#embed "pages/next-page.js"
};
static const unsigned char notice_js[] = {
#embed "pages/notice.js"
};
static const unsigned char openapi_js[] = {
#embed "pages/openapi.js"
};
static const unsigned char pauses_js[] = {
#embed "pages/pauses.js"
};
static const unsigned char rates_js[] = {
#embed "pages/rates.js"
};
static const unsigned char scene_js[] = {
#embed "pages/scene.js"
};
static const unsigned char style_css[] = {
#embed "pages/style.css"
};
static const unsigned char wake_lock_js[] = {
#embed "pages/wake-lock.js"
};

static const char html[] = "text/html; charset=utf-8";
static const char css[] = "text/css; charset=utf-8";
static const char script[] = "text/javascript; charset=utf-8";
static const char image[] = "image/svg+xml";

static const struct fp_page pages[] = {
    {"/admin", html, admin_html, sizeof admin_html},
    {"/docs", html, docs_html, sizeof docs_html},
    {"/door", html, door_html, sizeof door_html},
    {"/", html, index_html, sizeof index_html},
    {"/login", html, login_html, sizeof login_html},
    {"/assets/admin-add.js", script, admin_add_js, sizeof admin_add_js},
    {"/assets/admin-booth.js", script, admin_booth_js, sizeof admin_booth_js},
    {"/assets/admin-events.js", script, admin_events_js, sizeof admin_events_js},
    {"/assets/admin-keys.js", script, admin_keys_js, sizeof admin_keys_js},
    {"/assets/admin-people.js", script, admin_people_js, sizeof admin_people_js},
    {"/assets/admin-person.js", script, admin_person_js, sizeof admin_person_js},
    {"/assets/admin-photos.css", css, admin_photos_css, sizeof admin_photos_css},
    {"/assets/admin-threshold.js", script, admin_threshold_js, sizeof admin_threshold_js},
    {"/assets/admin-tray.js", script, admin_tray_js, sizeof admin_tray_js},
    {"/assets/admin.css", css, admin_css, sizeof admin_css},
    {"/assets/admin.js", script, admin_js, sizeof admin_js},
    {"/assets/api.js", script, api_js, sizeof api_js},
    {"/assets/camera.js", script, camera_js, sizeof camera_js},
    {"/assets/docs-curl.js", script, docs_curl_js, sizeof docs_curl_js},
    {"/assets/docs.css", css, docs_css, sizeof docs_css},
    {"/assets/docs.js", script, docs_js, sizeof docs_js},
    {"/assets/dom.js", script, dom_js, sizeof dom_js},
    {"/assets/door-camera.js", script, door_camera_js, sizeof door_camera_js},
    {"/assets/door-card.js", script, door_card_js, sizeof door_card_js},
    {"/assets/door-challenge.js", script, door_challenge_js, sizeof door_challenge_js},
    {"/assets/door-reader.js", script, door_reader_js, sizeof door_reader_js},
    {"/assets/door-server.js", script, door_server_js, sizeof door_server_js},
    {"/assets/door-stage.css", css, door_stage_css, sizeof door_stage_css},
    {"/assets/door-view.js", script, door_view_js, sizeof door_view_js},
    {"/assets/door-walk-up.js", script, door_walk_up_js, sizeof door_walk_up_js},
    {"/assets/door.css", css, door_css, sizeof door_css},
    {"/assets/door.js", script, door_js, sizeof door_js},
    {"/assets/event-kinds.js", script, event_kinds_js, sizeof event_kinds_js},
    {"/assets/face.js", script, face_js, sizeof face_js},
    {"/assets/icon.svg", image, icon_svg, sizeof icon_svg},
    {"/assets/icons.js", script, icons_js, sizeof icons_js},
    {"/assets/index.css", css, index_css, sizeof index_css},
    {"/assets/login.js", script, login_js, sizeof login_js},
    {"/assets/next-page.js", script, next_page_js, sizeof next_page_js},
    {"/assets/notice.js", script, notice_js, sizeof notice_js},
    {"/assets/openapi.js", script, openapi_js, sizeof openapi_js},
    {"/assets/pauses.js", script, pauses_js, sizeof pauses_js},
    {"/assets/rates.js", script, rates_js, sizeof rates_js},
    {"/assets/scene.js", script, scene_js, sizeof scene_js},
    {"/assets/style.css", css, style_css, sizeof style_css},
    {"/assets/wake-lock.js", script, wake_lock_js, sizeof wake_lock_js},
};

const unsigned long fp_page_count = sizeof pages / sizeof pages[0];

const struct fp_page *fp_page_at(unsigned long number) {
    return number < fp_page_count ? &pages[number] : (const struct fp_page *)0;
}
