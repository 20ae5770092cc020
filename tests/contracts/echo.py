"""A small service to be invoked."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

app = FastAPI()


@app.post("/echo")
async def echo(request: Request) -> Response:
    return JSONResponse({"body": await request.json(), "seen": request.headers.get("x-seen")}, status_code=201)


@app.get("/plain")
async def plain() -> Response:
    return PlainTextResponse("as it is")


@app.get("/broken")
async def broken() -> Response:
    raise RuntimeError("a defect")
